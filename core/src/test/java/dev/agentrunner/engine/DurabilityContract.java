package dev.agentrunner.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.AgentRunner;
import dev.agentrunner.client.RunHandle;
import dev.agentrunner.spi.log.AppendOutcome;
import dev.agentrunner.spi.log.Commit;
import dev.agentrunner.spi.log.RunLog;
import dev.agentrunner.spi.model.EventType;
import dev.agentrunner.spi.store.Store;
import dev.agentrunner.tck.fault.ForwardingLog;
import dev.agentrunner.tck.fault.ForwardingStore;
import dev.agentrunner.workflow.Branches.Branch;
import dev.agentrunner.workflow.Workflow;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** INV-7: what a body may rely on is durable before it begins. */
public abstract class DurabilityContract extends EngineContract {

    /** Where a commit with a step's result is held up on its way to the log. */
    private record Gate(CountDownLatch reached, CompletableFuture<Void> open) {

        Gate() {
            this(new CountDownLatch(1), new CompletableFuture<>());
        }

        CompletableFuture<Void> reach() {
            reached.countDown();
            return open;
        }

        boolean isOpen() {
            return open.isDone();
        }
    }

    private final Map<String, Gate> gates = new ConcurrentHashMap<>();

    private Gate gate(String step) {
        return gates.computeIfAbsent(step, name -> new Gate());
    }

    private AgentRunner gated(Workflow<?, ?> workflow) throws Exception {
        Store store = connect();
        RunLog gated = new ForwardingLog(store.log()) {
            @Override
            public CompletableFuture<AppendOutcome> append(Commit commit) {
                CompletableFuture<?>[] ahead = commit.events().stream()
                        .filter(event -> event.type().equals(EventType.STEP_COMPLETED))
                        .map(event -> gates.get(String.valueOf(event.step())))
                        .filter(gate -> gate != null)
                        .map(Gate::reach)
                        .toArray(CompletableFuture[]::new);
                return CompletableFuture.allOf(ahead).thenCompose(open -> whole.append(commit));
            }
        };
        return start(ForwardingStore.with(store, gated), quick(), workflow);
    }

    @Test
    void inv07_a_body_begins_only_when_the_results_before_it_are_durable() throws Exception {
        List<Gate> inOrder = List.of(gate("before"), gate("each[0]/first"), gate("each"));
        Queue<String> begun = new ConcurrentLinkedQueue<>();
        Workflow<String, String> forking = workflow("forking", String.class, (run, in) -> {
            run.step("before", step -> {});
            run.map("each", String.class, List.of(0, 1), 2, (branch, i) -> {
                branch.step("first", step -> {
                    begun.add("first");
                    if (i == 1) {
                        await(inOrder.get(1).reached());
                    }
                });
                return i == 0 ? branch.step("second", String.class, step -> begun.add("second") + "") : "";
            });
            return run.step("after", String.class, step -> begun.add("after") + "");
        });
        RunHandle run = gated(forking).submit(forking, "");
        List<List<String>> mayHaveBegun =
                List.of(List.of(), List.of("first", "first"), List.of("first", "first", "second"));

        for (int i = 0; i < inOrder.size(); i++) {
            await(inOrder.get(i).reached());
            assertThat(testOver.await(100, TimeUnit.MILLISECONDS)).isFalse();
            assertThat(begun).containsExactlyElementsOf(mayHaveBegun.get(i));
            inOrder.get(i).open().complete(null);
        }

        assertThat(run.await(String.class, SOON)).isEqualTo("true");
        assertThat(begun).containsExactly("first", "first", "second", "after");
    }

    @Test
    void inv07_a_branch_waits_for_its_own_last_result_and_for_no_other() throws Exception {
        Gate left = gate("both.left/one");
        Gate right = gate("both.right/one");
        CountDownLatch rightRecorded = new CountDownLatch(1);
        CountDownLatch leftWentOn = new CountDownLatch(1);
        Branch<Boolean> first = new Branch<>("left", branch -> {
            branch.step("one", step -> {});
            await(rightRecorded);
            return branch.step("two", Boolean.class, step -> {
                leftWentOn.countDown();
                return left.isOpen();
            });
        });
        Branch<Boolean> second = new Branch<>("right", branch -> {
            // Later than the other's, and on its way to the log only after it.
            branch.step("one", step -> await(left.reached()));
            rightRecorded.countDown();
            return branch.step("two", Boolean.class, step -> right.isOpen());
        });
        Workflow<String, String> parallel = workflow(
                "parallel",
                String.class,
                (run, in) -> run.parallel("both", Boolean.class, List.of(first, second)) + "");
        RunHandle run = gated(parallel).submit(parallel, "");
        await(rightRecorded);

        left.open().complete(null);
        await(leftWentOn);
        right.open().complete(null);

        assertThat(run.await(String.class, SOON)).isEqualTo("[true, true]");
    }
}
