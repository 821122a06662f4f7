package dev.agentrunner.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.spi.log.Hint;
import dev.agentrunner.spi.log.Ready;
import dev.agentrunner.spi.log.RunLog.Subscription;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.tck.fixture.Ids;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/**
 * Hints about changes. The port lets a store lose them; a store that loses them while nothing is wrong makes
 * every follower wait for the next poll, so the suite insists on them.
 *
 * <p>On failure look at who is told after a batch, and whether the listener threw or blocked.
 */
@SuppressWarnings("try") // a follower is there while the block runs; nothing names it
abstract class FollowContract extends WithStore {

    private final BlockingQueue<Hint> hints = new LinkedBlockingQueue<>();

    private void expect(String what, Predicate<Hint> wanted) throws InterruptedException {
        long patience = adapter().patience().toNanos();
        long deadline = System.nanoTime() + patience;
        Hint hint = hints.poll(patience, TimeUnit.NANOSECONDS);
        while (hint != null && !wanted.test(hint) && System.nanoTime() < deadline) {
            hint = hints.poll(patience, TimeUnit.NANOSECONDS);
        }
        assertThat(hint).as(what).isNotNull();
    }

    /** Or that everything may have changed. */
    @Test
    void followers_are_told_of_changed_runs() throws Exception {
        RunId run = runs().queued(Ready.never());
        try (Subscription following = store().log().follow(hints::add)) {
            runs().appended(runs().outside(run).log("news"));
            expect(
                    "a hint of the append",
                    hint -> hint instanceof Hint.Lost
                            || (hint instanceof Hint.Changed changed
                                    && changed.run().equals(run)
                                    && changed.lastSeq() >= 2));
        }
    }

    /** By a new run, a run given up, a wake, a recovery. */
    @Test
    void followers_are_told_when_runs_become_ready() throws Exception {
        RunId sleeper = runs().suspended(Ready.never());
        var claim = runs().running(alice);
        runs().running(alice);
        Predicate<Hint> ready = hint -> hint instanceof Hint.Lost || hint instanceof Hint.Ready;
        try (Subscription following = store().log().follow(hints::add)) {
            runs().queued();
            expect("a hint of a new run", ready);
            hints.clear();
            runs().appended(runs().creating(Ids.run(), runs().spec())
                    .ready(Ready.never())
                    .wakes(sleeper));
            expect("a hint of a wake", ready);
            hints.clear();
            runs().appended(runs().holding(claim).ready(Ready.now()));
            expect("a hint of a run given up", ready);
            hints.clear();
            store().queue().leave(alice);
            expect("a hint of runs taken away", ready);
        }
    }

    /** Look at how listeners are removed. */
    @Test
    void who_has_closed_is_told_nothing() throws Exception {
        RunId run = runs().queued(Ready.never());
        BlockingQueue<Hint> mine = new LinkedBlockingQueue<>();
        Subscription closed = store().log().follow(mine::add);
        closed.close();
        closed.close();
        try (Subscription following = store().log().follow(hints::add)) {
            runs().appended(runs().outside(run).log("news"));
            expect("a hint for the other follower", hint -> true);
        }
        assertThat(mine).doesNotContain(new Hint.Changed(run, 2));
    }
}
