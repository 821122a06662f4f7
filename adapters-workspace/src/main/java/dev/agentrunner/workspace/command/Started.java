package dev.agentrunner.workspace.command;

import dev.agentrunner.spi.workspace.CommandResult;
import dev.agentrunner.spi.workspace.RunningCommand;

/** A program that was started. Thread-safe. */
final class Started implements RunningCommand {

    /** How long output is waited for when nobody who could write it should be left. */
    private static final long REST_MILLIS = 5_000;

    private final Process process;
    private final Capture stdout;
    private final Capture stderr;
    private final Thread[] readers;
    private final Hunt hunt;
    private final Place place;
    /** Guarded by this. */
    private boolean closed;

    Started(Process process, Capture stdout, Capture stderr, Thread[] readers, Hunt hunt, Place place) {
        this.process = process;
        this.stdout = stdout;
        this.stderr = stderr;
        this.readers = readers;
        this.hunt = hunt;
        this.place = place;
    }

    @Override
    public CommandResult await() throws InterruptedException {
        process.waitFor();
        hunt.end(null);
        CommandThreads.join(REST_MILLIS, readers);
        return new CommandResult(process.exitValue(), stdout, stderr);
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        hunt.end(process.toHandle());
        Interrupts.outlast(() -> CommandThreads.join(REST_MILLIS, readers));
        place.delete();
        closed = true;
    }
}
