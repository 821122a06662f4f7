package dev.agentrunner.core.journal;

import dev.agentrunner.core.state.Fact;
import java.util.ArrayList;
import java.util.List;
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
    private long taken;

    /** Lets a command wait, with the facts that follow from it; none if they are to be decided anew first. */
    void add(Entry entry, List<Fact> facts) {
        waiting.add(entry);
        facts.forEach(fact -> unsent.add(new Said(fact, entry.actor())));
    }

    boolean isOnItsWay() {
        return !sent.isEmpty();
    }

    /** How often what waited was taken. */
    long taken() {
        return taken;
    }

    /** Everything that waits is on its way from now on; these facts. */
    List<Said> take() {
        List<Said> facts = unsent;
        if (!facts.isEmpty()) {
            taken++;
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
