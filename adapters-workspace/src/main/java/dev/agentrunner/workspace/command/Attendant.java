package dev.agentrunner.workspace.command;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * The thread that starts a program, reads its standard output and stays until it has ended. It must be one thread: what
 * dies with its parent ({@code PR_SET_PDEATHSIG} of prctl(2)) dies when the thread ends that started it.
 */
final class Attendant {

    private final CompletableFuture<Process> started = new CompletableFuture<>();
    private final Thread thread;

    private Attendant(ProcessBuilder builder, Capture stdout, String name) {
        thread = CommandThreads.start(name, () -> attend(builder, stdout));
    }

    static Attendant start(ProcessBuilder builder, Capture stdout, String name) {
        return new Attendant(builder, stdout, name);
    }

    private void attend(ProcessBuilder builder, Capture stdout) {
        Process process;
        try {
            process = builder.start();
        } catch (IOException | RuntimeException e) {
            started.completeExceptionally(e);
            return;
        }
        started.complete(process);
        stdout.readAll(process.getInputStream());
        Interrupts.outlast(process::waitFor);
    }

    /** The program, once it runs. */
    Process process() throws IOException {
        try {
            return started.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    Thread thread() {
        return thread;
    }
}
