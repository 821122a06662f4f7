package dev.agentrunner.core.state;

import dev.agentrunner.spi.model.Blob;
import dev.agentrunner.spi.model.EventType;
import dev.agentrunner.spi.model.StepId;
import java.util.List;
import java.util.stream.Stream;

/**
 * A step changed the run's workspace. Only the last manifest is folded.
 *
 * @param manifest lists all files after the step, and where their bytes are kept
 * @param files how many there are
 */
public record WorkspaceNote(StepId step, Blob manifest, int files, Paths paths) implements Note {

    /**
     * What was changed; the first thousand of each, and how many more there were.
     *
     * @param more changes beyond those named
     */
    public record Paths(List<String> added, List<String> modified, List<String> removed, int more) {

        /** How many are named of each. */
        public static final int MOST = 1_000;

        public Paths {
            added = List.copyOf(added);
            modified = List.copyOf(modified);
            removed = List.copyOf(removed);
        }

        public Paths(List<String> added, List<String> modified, List<String> removed) {
            this(
                    first(added),
                    first(modified),
                    first(removed),
                    Stream.of(added, modified, removed)
                            .mapToInt(all -> Math.max(0, all.size() - MOST))
                            .sum());
        }

        private static List<String> first(List<String> all) {
            return all.size() <= MOST ? all : all.subList(0, MOST);
        }
    }

    @Override
    public EventType type() {
        return EventType.WORKSPACE_CHANGED;
    }
}
