package dev.agentrunner.yaml.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** Threads that may get stuck. */
class EvaluationThreadsTest {

    private static final Duration LIMIT = Duration.ofMillis(50);

    @Test
    void a_thread_that_does_not_end_is_given_up_and_another_takes_its_place() throws Exception {
        EvaluationThreads threads = new EvaluationThreads(1);
        CountDownLatch open = new CountDownLatch(1);
        List<Thread> stuck = new ArrayList<>();
        try {
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> threads.call(
                                () -> {
                                    stuck.add(Thread.currentThread());
                                    open.await();
                                    return 0;
                                },
                                LIMIT))
                        .isInstanceOf(TimeoutException.class);
            }

            assertThat(threads.call(Thread::currentThread, LIMIT)).isNotIn(stuck);
            assertThat(stuck).doesNotHaveDuplicates().allMatch(Thread::isDaemon);
        } finally {
            open.countDown();
        }
        for (Thread thread : stuck) {
            thread.join(Duration.ofSeconds(20).toMillis());
        }

        assertThat(stuck.stream().filter(Thread::isAlive)).as("surplus threads").hasSizeLessThanOrEqualTo(1);
        assertThat(threads.call(() -> 1, LIMIT)).isEqualTo(1);
    }

    @Test
    void what_the_work_throws_is_thrown() {
        EvaluationThreads threads = new EvaluationThreads(1);

        assertThatThrownBy(() -> threads.call(
                        () -> {
                            throw new IllegalArgumentException("x");
                        },
                        LIMIT))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> EvaluationThreads.once(() -> {
                    throw new AssertionError("y");
                }))
                .isInstanceOf(AssertionError.class);
    }
}
