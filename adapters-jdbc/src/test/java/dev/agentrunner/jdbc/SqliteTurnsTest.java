package dev.agentrunner.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.spi.model.NodeId;
import dev.agentrunner.spi.queue.NodeBeat;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** SQLite's write lock has no order, so one process that writes without pause could keep all others from writing. */
@Timeout(120)
class SqliteTurnsTest {

    @TempDir
    Path folder;

    /** Without turns the lock is free for a moment every 40 ms, and SQLite looks every 100 ms, for 5 s. */
    @Test
    void who_wants_to_write_gets_its_turn_while_another_process_writes_without_pause() throws Exception {
        Path file = folder.resolve("runs.db");
        try (Child hog = Child.start("hog", file)) {
            assertThat(hog.line()).isEqualTo("writing");
            try (SqliteStore store = SqliteStore.at(file)) {
                for (int i = 0; i < 20; i++) {
                    long begin = System.nanoTime();
                    store.queue().beat(new NodeBeat(new NodeId("starts"), 1));
                    assertThat(Duration.ofNanos(System.nanoTime() - begin))
                            .as("wait for write %d", i)
                            .isLessThan(Duration.ofSeconds(3));
                }
            }
        }
    }
}
