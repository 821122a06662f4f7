package dev.agentrunner.workspace.command;

/** Does what must be done whether the thread is interrupted or not; that it was is not forgotten. */
final class Interrupts {

    private Interrupts() {}

    /** Something that an interrupt ends early, and that can be begun again. */
    @FunctionalInterface
    interface Waiting {
        void run() throws InterruptedException;
    }

    static void outlast(Waiting waiting) {
        boolean interrupted = false;
        while (true) {
            try {
                waiting.run();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
