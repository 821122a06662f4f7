package dev.agentrunner.tck.fault;

import dev.agentrunner.spi.log.AppendOutcome;
import dev.agentrunner.spi.log.Commit;
import dev.agentrunner.spi.log.Hint;
import dev.agentrunner.spi.log.RunLog;
import dev.agentrunner.spi.model.Event;
import dev.agentrunner.spi.model.RunId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Does what another log does; subclasses do one thing differently. */
public class ForwardingLog implements RunLog {

    protected final RunLog whole;

    public ForwardingLog(RunLog whole) {
        this.whole = whole;
    }

    @Override
    public CompletableFuture<AppendOutcome> append(Commit commit) {
        return whole.append(commit);
    }

    @Override
    public List<Event> read(RunId run, long afterSeq, int limit) {
        return whole.read(run, afterSeq, limit);
    }

    @Override
    public Map<RunId, List<Event>> readAll(Collection<RunId> runs) {
        return whole.readAll(runs);
    }

    @Override
    public List<Event> feed(long afterId, int limit) {
        return whole.feed(afterId, limit);
    }

    @Override
    public long feedEnd() {
        return whole.feedEnd();
    }

    @Override
    public Subscription follow(Consumer<Hint> listener) {
        return whole.follow(listener);
    }
}
