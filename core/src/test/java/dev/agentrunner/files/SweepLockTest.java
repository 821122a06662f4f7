package dev.agentrunner.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.spi.artifact.ArtifactStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("once")
class SweepLockTest {

    private static final String PROBE = """
            import java.nio.channels.FileChannel;
            import java.nio.file.Path;
            import java.nio.file.StandardOpenOption;

            class Probe {
                public static void main(String[] args) throws Exception {
                    try (FileChannel lock = FileChannel.open(Path.of(args[0]), StandardOpenOption.WRITE)) {
                        System.exit(lock.tryLock() == null ? 3 : 4);
                    }
                }
            }
            """;

    @TempDir
    Path folder;

    @TempDir
    Path probes;

    /** The lock is the process's, and closing any channel on its file would give it up. */
    @Test
    void a_second_sweep_of_a_process_leaves_the_lock_of_the_first_alone() throws Exception {
        try (ArtifactStore store = FileArtifactStore.at(folder)) {
            store.put(new ByteArrayInputStream(new byte[] {1}));
            boolean[] asked = new boolean[1];
            store.sweep(Duration.ZERO, sums -> {
                assertThat(sweepAgain(store)).isZero();
                assertThat(isFree()).as("another process may sweep, too").isFalse();
                asked[0] = true;
                return Set.copyOf(sums);
            });
            assertThat(asked[0]).isTrue();
            assertThat(isFree()).isTrue();
        }
    }

    private static int sweepAgain(ArtifactStore store) {
        try {
            return store.sweep(Duration.ZERO, any -> Set.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isFree() {
        try {
            Path probe = Files.writeString(probes.resolve("Probe.java"), PROBE);
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            probe.toString(),
                            folder.resolve("sweep.lock").toString())
                    .inheritIO()
                    .start();
            int exit = process.waitFor();
            assertThat(exit).isBetween(3, 4);
            return exit == 4;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
