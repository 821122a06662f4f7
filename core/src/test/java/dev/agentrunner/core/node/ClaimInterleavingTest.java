package dev.agentrunner.core.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.core.execution.Kit;
import dev.agentrunner.core.time.StoreClock;
import dev.agentrunner.interleaving.Interleavings;
import dev.agentrunner.interleaving.Stage;
import dev.agentrunner.interleaving.SteppedLock;
import dev.agentrunner.memory.InMemoryStore;
import dev.agentrunner.spi.model.NodeId;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.WorkflowRef;
import dev.agentrunner.spi.queue.Claim;
import dev.agentrunner.spi.queue.ClaimRequest;
import dev.agentrunner.spi.queue.RunQueue;
import dev.agentrunner.spi.store.Store;
import dev.agentrunner.tck.fault.ForwardingQueue;
import dev.agentrunner.tck.fault.ForwardingStore;
import java.lang.reflect.Field;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * How a node counts its room and is told that there is work, in every order in which that can happen. Time does not pass:
 * who waits for a bell that nobody rings waits for ever.
 */
@Tag("once")
@Timeout(120)
class ClaimInterleavingTest {

    private static final NodeId NODE = new NodeId("n1");

    private final InMemoryStore store = new InMemoryStore();
    private int ready = 1;
    private int asked;

    /** Room whose counting others can come between. */
    private static final class SteppedRoom extends Semaphore {
        private static final long serialVersionUID = 1;

        private final transient Stage stage;

        SteppedRoom(Stage stage, int permits) {
            super(permits);
            this.stage = stage;
        }

        @Override
        public int availablePermits() {
            stage.step();
            int permits = super.availablePermits();
            stage.step();
            return permits;
        }

        @Override
        public boolean tryAcquire(int permits) {
            boolean acquired = super.tryAcquire(permits);
            stage.step();
            return acquired;
        }

        @Override
        public void release(int permits) {
            super.release(permits);
            stage.step();
        }
    }

    private Executions executions(Stage stage, int workers) {
        Executions executions = new Executions(
                NODE, store.log(), new Registry(List.of(), List.of()), null, workers, (run, ending) -> {});
        set(executions, "room", new SteppedRoom(stage, workers));
        return executions;
    }

    private static Doorbell steered(Doorbell bell, Stage stage) {
        SteppedLock lock = stage.lock(false);
        set(bell, "lock", lock);
        set(bell, "rung", lock.newCondition());
        return bell;
    }

    private static void set(Object target, String name, Object value) {
        try {
            Field field = target.getClass().getDeclaredField(name);
            field.setAccessible(true);
            field.set(target, value);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object get(Object target, String name) {
        try {
            Field field = target.getClass().getDeclaredField(name);
            field.setAccessible(true);
            return field.get(target);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void a_loop_takes_a_turn_after_every_ring() {
        int orders = Interleavings.all().preemptions(1).of(stage -> {
            Doorbell bell = steered(new Doorbell(), stage);
            List<Integer> work = new ArrayList<>();
            boolean[] closed = new boolean[1];
            int[] done = new int[1];
            stage.task(
                    "loop",
                    () -> Loop.run(bell, () -> closed[0], Duration.ofSeconds(1), () -> {
                        work.clear();
                        stage.step();
                        return Duration.ofSeconds(1);
                    }));
            for (int ringer = 0; ringer < 2; ringer++) {
                int mine = ringer;
                stage.task("ringer" + mine, () -> {
                    work.add(mine);
                    bell.ring();
                    stage.until(() -> !work.contains(mine));
                    done[0]++;
                });
            }
            stage.task("closer", () -> {
                stage.until(() -> done[0] == 2);
                closed[0] = true;
                bell.ring();
            });
            return () -> assertThat(closed[0]).isTrue();
        });
        assertThat(orders).isGreaterThan(100);
    }

    @Test
    void there_is_never_more_room_than_there_are_workers_and_none_is_lost() {
        int orders = Interleavings.all().preemptions(2).of(stage -> {
            Executions executions = executions(stage, 3);
            int[] used = new int[1];
            stage.task("dispatcher", () -> {
                int reserved = executions.reserve(200);
                use(used, reserved);
                executions.release(unused(used, reserved));
            });
            stage.task("submitter", () -> {
                Claim born = new Claim(RunId.parse("01890000-0000-7000-8000-000000000001"), 1);
                if (executions.reserve(1) == 1) {
                    executions.expect(born);
                    assertThat(executions.knows(born.run())).isTrue();
                    use(used, 1);
                    unused(used, 1);
                    executions.expectNoMore(born);
                }
                assertThat(executions.knows(born.run())).isFalse();
            });
            stage.task("liveness", () -> {
                int reserved = executions.reserve(2);
                use(used, reserved);
                executions.release(unused(used, reserved));
            });
            return () -> {
                assertThat(executions.isEmpty()).isTrue();
                assertThat(executions.reserve(200)).isEqualTo(3);
            };
        });
        assertThat(orders).isGreaterThan(100);
    }

    private static void use(int[] used, int more) {
        used[0] += more;
        assertThat(used[0]).as("room in use").isBetween(0, 3);
    }

    private static int unused(int[] used, int less) {
        used[0] -= less;
        return less;
    }

    /** The node is full when a timer of the store is due, and one of its executions ends at that moment. */
    @Test
    void who_finds_no_room_hears_when_there_is_some() {
        int orders = Interleavings.all().of(stage -> {
            Executions executions = executions(stage, 1);
            List<Integer> looks = new ArrayList<>();
            Dispatcher dispatcher = dispatcher(executions, looks);
            set(dispatcher, "backlog", false);
            steered((Doorbell) get(dispatcher, "bell"), stage);
            assertThat(executions.reserve(1)).isEqualTo(1);
            stage.task("dispatcher", dispatcher::loop);
            stage.task("execution", () -> {
                executions.release(1);
                dispatcher.roomFreed();
            });
            stage.task("closer", () -> {
                stage.until(() -> !looks.isEmpty());
                dispatcher.close();
            });
            return () -> assertThat(looks).containsOnly(1);
        });
        assertThat(orders).isGreaterThan(10);
    }

    /** Else what is submitted during a look would go the long way through the queue. */
    @Test
    void room_is_set_aside_only_for_what_is_ready() {
        Interleavings.all().of(stage -> {
            Executions executions = executions(stage, 3);
            List<Integer> looks = new ArrayList<>();
            Dispatcher dispatcher = dispatcher(executions, looks);
            set(dispatcher, "backlog", false);
            steered((Doorbell) get(dispatcher, "bell"), stage);
            stage.task("dispatcher", dispatcher::loop);
            stage.task("closer", () -> {
                stage.until(() -> !looks.isEmpty());
                dispatcher.close();
            });
            return () -> assertThat(looks).containsOnly(1);
        });
    }

    @Test
    void a_full_node_for_which_nothing_waits_is_caught_up() {
        ready = 0;
        Interleavings.all().of(stage -> {
            asked = 0;
            Executions executions = executions(stage, 1);
            Dispatcher dispatcher = dispatcher(executions, new ArrayList<>());
            set(dispatcher, "backlog", false);
            steered((Doorbell) get(dispatcher, "bell"), stage);
            assertThat(executions.reserve(1)).isEqualTo(1);
            boolean[] caughtUp = new boolean[1];
            stage.task("dispatcher", dispatcher::loop);
            stage.task("hint", dispatcher::workMayBeReady);
            stage.task("closer", () -> {
                stage.until(() -> asked > 0);
                caughtUp[0] = dispatcher.isCaughtUp();
                dispatcher.close();
            });
            return () -> assertThat(caughtUp[0]).isTrue();
        });
    }

    /** A run becomes ready while the dispatcher looks: it looks once more. */
    @Test
    void work_that_is_announced_during_a_look_is_looked_for() {
        Interleavings.all().preemptions(2).of(stage -> {
            Executions executions = executions(stage, 2);
            List<Integer> looks = new ArrayList<>();
            boolean[] there = new boolean[1];
            boolean[] seen = new boolean[1];
            Dispatcher dispatcher = dispatcher(executions, new ArrayList<>() {
                private static final long serialVersionUID = 1;

                @Override
                public boolean add(Integer look) {
                    seen[0] |= there[0];
                    stage.step();
                    return looks.add(look);
                }
            });
            steered((Doorbell) get(dispatcher, "bell"), stage);
            stage.task("dispatcher", dispatcher::loop);
            stage.task("hint", () -> {
                there[0] = true;
                dispatcher.workMayBeReady();
            });
            stage.task("closer", () -> {
                stage.until(() -> seen[0]);
                dispatcher.close();
            });
            return () -> assertThat(executions.reserve(200)).isEqualTo(2);
        });
    }

    /** Finds nothing each time; says for how many it looked. */
    private Dispatcher dispatcher(Executions executions, List<Integer> looks) {
        RunQueue queue = new ForwardingQueue(store.queue()) {
            @Override
            public List<Claim> claim(ClaimRequest request) {
                looks.add(request.max());
                return List.of();
            }

            @Override
            public int ready(Collection<WorkflowRef> workflows, int atMost) {
                asked++;
                return ready;
            }
        };
        Store looked = new ForwardingStore(store) {
            @Override
            public RunQueue queue() {
                return queue;
            }
        };
        Kit kit = new Kit(null, new StoreClock(Instant.EPOCH), null, null, null, null, null);
        return new Dispatcher(looked, NODE, new Registry(List.of(), List.of()), NodeSettings.DEFAULT, executions, kit);
    }
}
