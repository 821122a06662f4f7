package dev.agentrunner.workspace.files;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** The way back from a set of files that could not be written whole. Not thread-safe. */
final class Undo {

    private final Jail jail;
    private final Staging staging;
    private final Deque<Action> actions = new ArrayDeque<>();

    Undo(Jail jail, Staging staging) {
        this.jail = jail;
        this.staging = staging;
    }

    private interface Action {
        void run() throws IOException;
    }

    void madeFolder(RelativePath path) {
        actions.push(() -> {
            try (Folder parent = jail.parent(path)) {
                parent.deleteFolder(path.name());
            }
        });
    }

    /** @param before a copy of the file that was there; null if there was none */
    void wrote(RelativePath path, Staging.@Nullable Staged before) {
        actions.push(() -> {
            try (Folder parent = jail.parent(path)) {
                if (before == null) {
                    parent.delete(path.name());
                } else {
                    staging.publish(before, parent, path.name());
                }
            }
        });
    }

    /** Undoes as much as possible, the latest first. What fails is added to the cause. */
    void run(Exception cause) {
        while (!actions.isEmpty()) {
            try {
                actions.pop().run();
            } catch (IOException e) {
                cause.addSuppressed(e);
            }
        }
    }
}
