package dev.agentrunner.core.journal;

import dev.agentrunner.core.state.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * What a journal has taken and the log has not confirmed: what is on its way, and what waits behind it. Touched
 * only within the journal's section.
 */
final class Outbox {

    private List<Entry> sent = List.of();
    private List<Entry> waiting = new ArrayList<>();
    private List<Said> unsent = new ArrayList<>();
    private long load;
    private long seenTo = -1;
    private boolean due;

    /** Lets a command wait, with the facts that follow from it; none if they are to be decided anew first. */
    void add(Entry entry, List<Fact> facts) {
        waiting.add(entry);
        facts.forEach(fact -> unsent.add(new Said(fact, entry.actor())));
    }

    boolean isOnItsWay() {
        return !sent.isEmpty();
    }

    /** The number of what waits now; the next one has another. */
    long load() {
        return load;
    }

    /** The number of what waits now, for the first who asks. */
    OptionalLong firstOfLoad() {
        if (seenTo == load) {
            return OptionalLong.empty();
        }
        seenTo = load;
        return OptionalLong.of(load);
    }

    /** What waits is to wait for no more. */
    void hurry() {
        due = true;
    }

    /** What waits is on its way from now on; these facts. None if it may wait, or has to, behind what is on its way. */
    List<Said> take() {
        List<Said> facts = unsent;
        if (!due || isOnItsWay()) {
            return List.of();
        }
        due = false;
        if (!facts.isEmpty()) {
            load++;
            sent = waiting;
            waiting = new ArrayList<>();
            unsent = new ArrayList<>();
        }
        return facts;
    }

    /** What was on its way has arrived. */
    List<Entry> arrived() {
        List<Entry> durable = sent;
        sent = List.of();
        return durable;
    }

    /** What was on its way came back, and waits again before all else. */
    void cameBack() {
        waiting.addAll(0, sent);
        sent = List.of();
    }

    /** All of it, in order; forgotten here. */
    List<Entry> empty() {
        List<Entry> all = Stream.concat(sent.stream(), waiting.stream()).toList();
        load++;
        sent = List.of();
        waiting = new ArrayList<>();
        unsent = new ArrayList<>();
        return all;
    }

    /** Completes when all of it is durable. */
    CompletableFuture<Void> lastDurable() {
        List<Entry> last = waiting.isEmpty() ? sent : waiting;
        return last.isEmpty()
                ? CompletableFuture.completedFuture(null)
                : last.get(last.size() - 1).durable();
    }
}
