package dev.agentrunner.jdbc.crash;

import dev.agentrunner.AgentRunner;
import dev.agentrunner.client.RunHandle;
import dev.agentrunner.client.SubmitOptions;
import dev.agentrunner.spi.log.AppendOutcome;
import dev.agentrunner.spi.model.RunStatus;
import dev.agentrunner.workflow.RunContext;
import dev.agentrunner.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Nodes on one database, each with connections of its own, and a client that executes nothing. Every run has two steps,
 * whose executions are counted. No body ends before each of the first nodes has begun one, so all of them have work.
 */
final class Cluster implements AutoCloseable {

    /** Runs that a node executes at once. */
    static final int WORKERS = 16;

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Duration HEARTBEAT = Duration.ofMillis(200);

    private final Target target;
    private final Duration lease;
    private final AgentRunner client;
    private final Workflow<Integer, String> workflow;
    private final List<Member> members = new ArrayList<>();
    private final List<CompletableFuture<RunHandle>> submitted = new ArrayList<>();

    /** Executions of the first and the second step of each run. */
    final AtomicIntegerArray first;

    final AtomicIntegerArray second;
    private final AtomicInteger bodies = new AtomicInteger();
    private final CountDownLatch everybodyWorks;

    /** A node. */
    static final class Member {
        private final StallableStore store;
        private final AgentRunner runner;
        private final AtomicInteger executed = new AtomicInteger();

        private Member(Cluster cluster, StallableStore store) {
            this.store = store;
            this.runner = AgentRunner.builder()
                    .store(store)
                    .workers(WORKERS)
                    .heartbeat(HEARTBEAT, cluster.lease)
                    .drainGrace(PATIENCE)
                    .workflow(cluster.workflow(executed))
                    .build();
        }

        /** Bodies that it executed. */
        int executed() {
            return executed.get();
        }
    }

    /**
     * Starts without nodes.
     *
     * @param nodes how many must have work before any of it is done
     * @param runs how many will be submitted at most
     * @param lease after how long without a heartbeat a node is taken for dead
     */
    Cluster(Target target, int nodes, int runs, Duration lease) {
        this.target = target;
        this.lease = lease;
        this.first = new AtomicIntegerArray(runs);
        this.second = new AtomicIntegerArray(runs);
        this.everybodyWorks = new CountDownLatch(nodes);
        this.workflow = workflow(new AtomicInteger());
        this.client = AgentRunner.builder()
                .store(target.open())
                .workers(0)
                .heartbeat(HEARTBEAT, PATIENCE)
                .workflow(workflow)
                .build();
    }

    private Workflow<Integer, String> workflow(AtomicInteger executed) {
        return Workflow.named("counted", "1")
                .input(Integer.class)
                .output(String.class)
                .body((run, n) -> counted(run, n, executed));
    }

    private String counted(RunContext run, int n, AtomicInteger executed) {
        int one = run.step("first", Integer.class, step -> {
            if (executed.getAndIncrement() == 0) {
                everybodyWorks.countDown();
            }
            if (!everybodyWorks.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("A node got no work");
            }
            bodies.incrementAndGet();
            return n + first.incrementAndGet(n);
        });
        return run.step("second", String.class, step -> {
            executed.incrementAndGet();
            bodies.incrementAndGet();
            second.incrementAndGet(n);
            return "of " + one;
        });
    }

    /** Adds runs to the queue. */
    void submit(int count) {
        for (int i = 0; i < count; i++) {
            submitted.add(client.submitAsync(workflow, submitted.size(), SubmitOptions.DEFAULT));
        }
        submitted.forEach(CompletableFuture::join);
    }

    Member join() {
        Member member = new Member(this, new StallableStore(target.open()));
        members.add(member);
        return member;
    }

    List<Member> members() {
        return List.copyOf(members);
    }

    /** Ends the oldest node as an operator would; it finishes the steps that it has begun. */
    void closeOldest() {
        members.remove(0).runner.close();
    }

    /** From now on the oldest node reaches its store no more, nor the store it. */
    Member abandonOldest() {
        Member oldest = members.remove(0);
        oldest.store.stall();
        return oldest;
    }

    /** Lets an abandoned node write what it wanted to, and closes it; how that went. */
    List<AppendOutcome> bringBack(Member abandoned) {
        List<AppendOutcome> outcomes = abandoned.store.wakeUp();
        abandoned.runner.close();
        return outcomes;
    }

    void awaitBodies(int count) {
        Patience.until(count + " bodies were executed", PATIENCE, () -> bodies.get() >= count);
    }

    void awaitEnd() {
        Map<RunStatus, Long> all = Map.of(RunStatus.COMPLETED, (long) submitted.size());
        Patience.until(
                "every run has completed",
                PATIENCE,
                () -> client.store().catalog().counts().equals(all));
    }

    @Override
    public void close() {
        members.forEach(member -> member.runner.close());
        client.close();
    }
}
