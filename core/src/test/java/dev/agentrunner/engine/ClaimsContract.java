package dev.agentrunner.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.AgentRunner;
import dev.agentrunner.client.RunHandle;
import dev.agentrunner.client.SubmitOptions;
import dev.agentrunner.spi.error.StoreUnavailableException;
import dev.agentrunner.spi.log.AppendOutcome;
import dev.agentrunner.spi.log.Commit;
import dev.agentrunner.spi.log.Fence;
import dev.agentrunner.spi.log.Hint;
import dev.agentrunner.spi.log.RunLog;
import dev.agentrunner.spi.log.RunLog.Subscription;
import dev.agentrunner.spi.model.Event;
import dev.agentrunner.spi.model.NodeId;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.RunStatus;
import dev.agentrunner.spi.queue.Claim;
import dev.agentrunner.spi.queue.ClaimRequest;
import dev.agentrunner.spi.queue.RunQueue;
import dev.agentrunner.spi.store.Store;
import dev.agentrunner.tck.fault.ForwardingLog;
import dev.agentrunner.tck.fault.ForwardingQueue;
import dev.agentrunner.tck.fault.ForwardingStore;
import dev.agentrunner.workflow.Workflow;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A node that learns late what it holds executes it once (INV-2, INV-6). */
public abstract class ClaimsContract extends EngineContract {

    private final Queue<RunId> executed = new ConcurrentLinkedQueue<>();
    private final AtomicInteger beats = new AtomicInteger();

    private Workflow<String, String> target() {
        return workflow(
                "target",
                String.class,
                (run, in) -> run.step("only", String.class, step -> executed.add(run.id()) + ""));
    }

    /** The node looks several times meanwhile at what the store says that it holds. */
    @Test
    void a_claim_whose_answer_comes_late_is_executed_once() throws Exception {
        Workflow<String, String> target = target();
        Store store = connect();
        Hold claimed = new Hold();
        Hold read = new Hold();
        RunQueue queue = new CountedBeats(store.queue()) {
            @Override
            public List<Claim> claim(ClaimRequest request) {
                List<Claim> taken = whole.claim(request);
                if (!taken.isEmpty()) {
                    claimed.pass();
                }
                return taken;
            }
        };
        RunLog log = new ForwardingLog(store.log()) {
            @Override
            public Map<RunId, List<Event>> readAll(Collection<RunId> runs) {
                Map<RunId, List<Event>> logs = whole.readAll(runs);
                if (claimed.isOpen()) {
                    read.pass();
                }
                return logs;
            }
        };
        AgentRunner slow = start(ForwardingStore.with(ForwardingStore.with(store, queue), log), quick(), target);
        RunHandle run =
                slow.handle(start(quick().workers(0), target).submit(target, "").id());
        for (Hold hold : List.of(claimed, read)) {
            hold.reached();
            int before = beats.get();
            eventually(() -> beats.get() > before + 4);
            hold.open();
        }
        run.awaitEnd(SOON);
        int end = beats.get();
        eventually(() -> beats.get() > end + 2);
        slow.close();

        assertThat(executed).containsExactly(run.id());
    }

    /** Its hint comes while nobody executes the run yet. */
    @Test
    void what_is_asked_of_a_run_that_is_about_to_begin_is_heard() throws Exception {
        Workflow<String, String> waiting = workflow("waiting", String.class, (run, in) -> {
            new CountDownLatch(1).await();
            return "";
        });
        Store store = connect();
        AtomicBoolean claimed = new AtomicBoolean();
        Hold read = new Hold();
        RunQueue queue = new ForwardingQueue(store.queue()) {
            @Override
            public List<Claim> claim(ClaimRequest request) {
                List<Claim> taken = whole.claim(request);
                claimed.set(!taken.isEmpty());
                return taken;
            }
        };
        RunLog log = new ForwardingLog(store.log()) {
            @Override
            public Map<RunId, List<Event>> readAll(Collection<RunId> runs) {
                Map<RunId, List<Event>> logs = whole.readAll(runs);
                if (claimed.compareAndSet(true, false)) {
                    read.pass();
                }
                return logs;
            }
        };
        // Beats of this node, or another that takes it for dead, would find it out, too, but later.
        Duration never = Duration.ofHours(1);
        AgentRunner other =
                start(quick().heartbeat(never, never.multipliedBy(6)).workers(0), waiting);
        AgentRunner slow = start(
                ForwardingStore.with(ForwardingStore.with(store, queue), log),
                quick().heartbeat(never, never.multipliedBy(6)),
                waiting);
        RunHandle run = slow.handle(other.submit(waiting, "").id());
        CountDownLatch told = new CountDownLatch(1);
        try (Subscription after = store.log().follow(hint -> {
            if (hint instanceof Hint.Changed changed && changed.run().equals(run.id()) && changed.lastSeq() > 2) {
                told.countDown();
            }
        })) {
            assertThat(after).isNotNull();
            read.reached();
            run.cancel("not any more");
            await(told);
            read.open();
        }
        assertThat(run.awaitEnd(SOON)).isEqualTo(RunStatus.CANCELED);
    }

    /** Where a thread waits until it is let go. */
    private static final class Hold {
        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch open = new CountDownLatch(1);

        void pass() {
            reached.countDown();
            try {
                await(open);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        void reached() throws InterruptedException {
            await(reached);
        }

        void open() {
            open.countDown();
        }

        boolean isOpen() {
            return open.getCount() == 0;
        }
    }

    /** The node has no room for it when it finds out, and others wait, too. */
    @Test
    void a_run_that_a_node_holds_without_knowing_goes_before_those_that_wait() throws Exception {
        Workflow<String, String> target = target();
        CountDownLatch full = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Workflow<String, String> filling = workflow("filling", String.class, (run, in) -> {
            full.countDown();
            await(go);
            return "";
        });
        Store store = connect();
        CompletableFuture<RunId> lost = new CompletableFuture<>();
        RunQueue queue = new CountedBeats(store.queue()) {
            @Override
            public List<Claim> claim(ClaimRequest request) {
                List<Claim> taken = whole.claim(request);
                if (!taken.isEmpty() && lost.complete(taken.get(0).run())) {
                    throw new StoreUnavailableException("whose answer got lost", new IOException("lost"));
                }
                return taken;
            }

            @Override
            public Map<RunId, Long> held(NodeId node) {
                Map<RunId, Long> held = new HashMap<>(super.held(node));
                if (full.getCount() > 0) {
                    held.remove(lost.getNow(null));
                }
                return held;
            }
        };
        AgentRunner deaf = start(ForwardingStore.with(store, queue), quick().workers(1), target, filling);
        AgentRunner other = start(quick().workers(0), target, filling);
        RunHandle first = other.submit(target, "");
        lost.get(SOON.toSeconds(), TimeUnit.SECONDS);
        other.submit(filling, "");
        await(full);
        RunHandle second = other.submit(target, "");
        int before = beats.get();
        eventually(() -> beats.get() > before + 4);
        go.countDown();
        first.awaitEnd(SOON);
        second.awaitEnd(SOON);

        assertThat(executed).containsExactly(first.id(), second.id());
        assertThat(log(deaf, first))
                .extracting(event -> event.type().name())
                .containsOnlyOnce("RUN_STARTED")
                .doesNotContain("RUN_RECOVERED");
    }

    /** It would take up room for ever. */
    @Test
    void a_run_whose_log_is_not_understood_takes_no_room() throws Exception {
        Workflow<String, String> target = target();
        Store store = connect();
        CompletableFuture<RunId> broken = new CompletableFuture<>();
        RunLog log = new ForwardingLog(store.log()) {
            @Override
            public Map<RunId, List<Event>> readAll(Collection<RunId> runs) {
                Map<RunId, List<Event>> logs = new HashMap<>(whole.readAll(runs));
                runs.forEach(broken::complete);
                logs.computeIfPresent(broken.join(), (run, events) -> events.subList(1, events.size()));
                return logs;
            }
        };
        AgentRunner node = start(ForwardingStore.with(store, log), quick().workers(1), target);
        AgentRunner other = start(quick().workers(0), target);
        RunHandle bad = other.submit(target, "");
        assertThat(broken.get(SOON.toSeconds(), TimeUnit.SECONDS)).isEqualTo(bad.id());
        RunHandle good = other.submit(target, "");
        good.awaitEnd(SOON);

        assertThat(executed).containsExactly(good.id());
        assertThat(view(node, bad).state().status()).isEqualTo(RunStatus.RUNNING);
    }

    /** Which also fails the batch that it was claimed with. */
    @Test
    void a_run_whose_log_cannot_be_read_keeps_no_other_from_being_executed() throws Exception {
        Workflow<String, String> target = target();
        Store store = connect();
        AgentRunner other = start(quick().workers(0), target);
        RunHandle bad = other.submit(target, "");
        List<RunHandle> good = List.of(other.submit(target, ""), other.submit(target, ""));
        RunLog log = new ForwardingLog(store.log()) {
            @Override
            public Map<RunId, List<Event>> readAll(Collection<RunId> runs) {
                if (runs.contains(bad.id())) {
                    throw new IllegalStateException("not to be read");
                }
                return whole.readAll(runs);
            }
        };
        start(ForwardingStore.with(store, log), quick().workers(2), target);
        for (RunHandle run : good) {
            run.awaitEnd(SOON);
        }
        other.submit(target, "").awaitEnd(SOON);

        assertThat(executed).hasSize(3).doesNotContain(bad.id());
    }

    /** Each look for work has to count what the looks before have taken. */
    @Test
    void a_node_executes_no_more_of_a_queue_than_its_limit() throws Exception {
        AtomicInteger begun = new AtomicInteger();
        CountDownLatch go = new CountDownLatch(1);
        Workflow<String, String> busy = workflow("busy", String.class, (run, in) -> {
            begun.incrementAndGet();
            await(go);
            return "";
        });
        AtomicInteger looks = new AtomicInteger();
        Store store = connect();
        RunQueue queue = new ForwardingQueue(store.queue()) {
            @Override
            public List<Claim> claim(ClaimRequest request) {
                looks.incrementAndGet();
                return whole.claim(request);
            }
        };
        AgentRunner node = start(ForwardingStore.with(store, queue), quick().queue("narrow", 2, null), busy);
        List<RunHandle> runs = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            runs.add(node.submit(busy, "", SubmitOptions.DEFAULT.queue("narrow")));
        }
        eventually(() -> begun.get() >= 2);
        int before = looks.get();
        eventually(() -> looks.get() > before + 2);
        assertThat(begun).hasValue(2);
        go.countDown();
        for (RunHandle run : runs) {
            run.awaitEnd(SOON);
        }
    }

    private class CountedBeats extends ForwardingQueue {
        CountedBeats(RunQueue whole) {
            super(whole);
        }

        @Override
        public Map<RunId, Long> held(NodeId node) {
            beats.incrementAndGet();
            return whole.held(node);
        }
    }

    /** A log that lets its node hear of the first run that is born claimed only once it is told to. */
    private static final class LateBirth extends ForwardingLog {
        private final CompletableFuture<RunId> born = new CompletableFuture<>();
        private final CompletableFuture<Void> told = new CompletableFuture<>();

        LateBirth(RunLog whole) {
            super(whole);
        }

        @Override
        public CompletableFuture<AppendOutcome> append(Commit commit) {
            CompletableFuture<AppendOutcome> outcome = whole.append(commit);
            boolean claimed = commit.fence() instanceof Fence.Create create && create.owner() != null;
            return claimed && born.complete(commit.run())
                    ? outcome.thenCombine(told, (durable, now) -> durable)
                    : outcome;
        }

        /** As long as the node has not looked what else there is, it executes nothing at once. */
        CompletableFuture<RunHandle> submit(AgentRunner node, Workflow<String, String> workflow) throws Exception {
            CompletableFuture<RunHandle> submitted;
            do {
                submitted = node.submitAsync(workflow, "", SubmitOptions.DEFAULT);
                CompletableFuture.anyOf(born, submitted).join();
            } while (!born.isDone());
            eventually(() -> node.store().catalog().run(born.join()).isPresent());
            return submitted;
        }
    }

    @Test
    void a_run_that_is_born_claimed_is_executed_once_however_late_its_node_learns_that_it_was_born() throws Exception {
        Workflow<String, String> target = target();
        Store store = connect();
        LateBirth log = new LateBirth(store.log());
        RunQueue queue = new CountedBeats(store.queue());
        AgentRunner slow = start(ForwardingStore.with(ForwardingStore.with(store, queue), log), quick(), target);
        CompletableFuture<RunHandle> submitted = log.submit(slow, target);
        RunId run = log.born.join();

        int before = beats.get();
        eventually(() -> beats.get() > before + 4
                && (!executed.contains(run) || slow.handle(run).status().isTerminal()));
        log.told.complete(null);
        submitted.join().awaitEnd(SOON);
        slow.submit(target, "").awaitEnd(SOON);
        slow.close();

        assertThat(executed).containsOnlyOnce(run);
    }

    @Test
    void a_run_that_was_taken_away_before_its_node_learned_that_it_was_born_is_not_begun_once_more() throws Exception {
        Workflow<String, String> target = target();
        Store store = connect();
        LateBirth log = new LateBirth(store.log());
        AgentRunner slow = start(ForwardingStore.with(store, log), quick(), target);
        CompletableFuture<RunHandle> submitted = log.submit(slow, target);
        RunId run = log.born.join();

        store.queue().leave(slow.node());
        eventually(() -> slow.handle(run).status().isTerminal());
        log.told.complete(null);
        submitted.join().awaitEnd(SOON);
        slow.submit(target, "").awaitEnd(SOON);
        slow.close();

        assertThat(executed).containsOnlyOnce(run);
    }
}
