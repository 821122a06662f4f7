package dev.agentrunner.jdbc.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** One worker. Closing kills it, frozen or not. */
final class WorkerProcess implements AutoCloseable {

    private static final Duration ANSWER = Duration.ofSeconds(30);

    private final Process process;
    private volatile boolean frozen;
    private boolean ready;
    private int questions;

    WorkerProcess(List<String> command, Path log) {
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long pid() {
        return process.pid();
    }

    /** Whether its node has been built. */
    boolean isReady(Path folder) {
        if (!isAlive()) {
            throw new IllegalStateException(
                    "Worker " + pid() + " ended by itself with " + process.exitValue() + "; see its log in " + folder);
        }
        ready = ready || Files.exists(folder.resolve("ready-" + pid()));
        return ready;
    }

    /** What it holds; it must be ready, and neither frozen nor killed before it answers. */
    Vitals vitals(Path folder) {
        Path answer = folder.resolve("vitals-" + pid() + "-" + questions++);
        try {
            process.getOutputStream().write('?');
            process.getOutputStream().flush();
            Patience.until("worker " + pid() + " says what it holds", ANSWER, () -> Files.exists(answer));
            return Vitals.read(answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** {@code kill -9}. */
    void kill() {
        process.destroyForcibly();
        boolean interrupted = false;
        while (true) {
            try {
                process.waitFor();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    void freeze() {
        frozen = true;
        signal("STOP");
    }

    /** Lets it go on, if it is frozen. */
    void thaw() {
        if (frozen) {
            signal("CONT");
            frozen = false;
        }
    }

    boolean isFrozen() {
        return frozen;
    }

    private void signal(String name) {
        try {
            int code = new ProcessBuilder("kill", "-" + name, Long.toString(pid()))
                    .start()
                    .waitFor();
            if (code != 0 && isAlive()) {
                throw new IllegalStateException("kill -" + name + " " + pid() + " failed with " + code);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        kill();
    }
}
