package dev.agentrunner.core.journal;

import dev.agentrunner.core.state.Command;
import dev.agentrunner.core.state.Decision;
import dev.agentrunner.spi.model.Actor;
import java.util.concurrent.CompletableFuture;

/** A command that a journal has taken, until it is durable. Compared by identity. */
final class Entry {

    private final Command command;
    private final Actor actor;
    private final CompletableFuture<Void> durable = new CompletableFuture<>();
    private volatile boolean written;

    Entry(Command command, Actor actor) {
        this.command = command;
        this.actor = actor;
    }

    Command command() {
        return command;
    }

    Actor actor() {
        return actor;
    }

    CompletableFuture<Void> durable() {
        return durable;
    }

    /** What follows from it is in the log. */
    void written() {
        written = true;
        durable.complete(null);
    }

    boolean isWritten() {
        return written;
    }

    /** Nothing is to be written any more: what it asks for is so already, or refused by now. */
    void end(Decision decision) {
        if (decision instanceof Decision.Refused refused) {
            durable.completeExceptionally(new RefusedException(refused));
        } else {
            durable.complete(null);
        }
    }
}
