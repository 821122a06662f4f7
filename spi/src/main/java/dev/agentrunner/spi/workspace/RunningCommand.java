package dev.agentrunner.spi.workspace;

/** A program that runs. Thread-safe. */
public interface RunningCommand extends AutoCloseable {

    /** Waits until the program has ended and nothing that it started is left: what still runs by then is killed. */
    CommandResult await() throws InterruptedException;

    /**
     * Kills the program and all that it started, whoever their parent is by now, and returns when they are gone. Also
     * deletes the captured output. Closing again does nothing.
     */
    @Override
    void close();
}
