package dev.agentrunner.core.state;

import static dev.agentrunner.core.state.FactFormat.step;

import dev.agentrunner.spi.model.EventType;
import java.util.List;

/** The payload of what is told about workspaces. */
final class WorkspaceFormats {

    static final List<FactFormat<?>> ALL = List.of(step(
            EventType.WORKSPACE_CHANGED,
            WorkspaceNote.class,
            (fact, out) -> out.object("manifest", manifest -> manifest.blob(fact.manifest()))
                    .put("files", fact.files())
                    .texts("added", fact.paths().added())
                    .texts("modified", fact.paths().modified())
                    .texts("removed", fact.paths().removed())
                    .put("more", fact.paths().more()),
            (step, in) -> new WorkspaceNote(
                    step,
                    in.object("manifest").blob(),
                    in.count("files"),
                    new WorkspaceNote.Paths(
                            List.copyOf(in.set("added")),
                            List.copyOf(in.set("modified")),
                            List.copyOf(in.set("removed")),
                            in.count("more")))));

    private WorkspaceFormats() {}
}
