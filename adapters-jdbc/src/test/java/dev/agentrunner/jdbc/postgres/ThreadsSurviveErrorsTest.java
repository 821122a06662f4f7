package dev.agentrunner.jdbc.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.jdbc.commit.Followers;
import dev.agentrunner.jdbc.sql.Connections;
import dev.agentrunner.spi.log.Hint;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A thread of the store that dies would be missed by nobody, and what it does would never be done again. */
@Timeout(60)
class ThreadsSurviveErrorsTest {

    private final CountDownLatch attempts = new CountDownLatch(2);

    /** Has no memory for anything. */
    private <T> T exhausted(Class<T> type) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    attempts.countDown();
                    throw new OutOfMemoryError("for a moment");
                }));
    }

    @Test
    void the_one_that_listens_tries_again() throws Exception {
        try (NodeLine line = new NodeLine(exhausted(DataSource.class), "self", new Followers())) {
            assertThat(line).isNotNull();
            assertThat(attempts.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void the_one_that_tells_others_tells_them_of_the_next_change() {
        try (Notifier notifier = new Notifier(exhausted(Connections.class), "self")) {
            RawPostgres.await("the next one was told", () -> {
                notifier.offer(List.of(new Hint.Ready()));
                return attempts.getCount() == 0;
            });
        }
    }
}
