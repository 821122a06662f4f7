package dev.agentrunner.jdbc.commit;

import dev.agentrunner.jdbc.read.EventReader;
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

/** The log: appends through the committer, reads directly. */
public final class CommittedRunLog implements RunLog {

    private final GroupCommitter committer;
    private final Followers followers;
    private final EventReader reader;

    public CommittedRunLog(GroupCommitter committer, Followers followers, EventReader reader) {
        this.committer = committer;
        this.followers = followers;
        this.reader = reader;
    }

    @Override
    public CompletableFuture<AppendOutcome> append(Commit commit) {
        return committer.append(commit);
    }

    @Override
    public List<Event> read(RunId run, long afterSeq, int limit) {
        return reader.read(run, afterSeq, limit);
    }

    @Override
    public Map<RunId, List<Event>> readAll(Collection<RunId> runs) {
        return reader.readAll(runs);
    }

    @Override
    public List<Event> feed(long afterId, int limit) {
        return reader.feed(afterId, limit);
    }

    @Override
    public long feedEnd() {
        return reader.feedEnd();
    }

    @Override
    public Subscription follow(Consumer<Hint> listener) {
        return followers.follow(listener);
    }
}
