package dev.agentrunner.tck;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.workspace.Command;
import dev.agentrunner.spi.workspace.CommandResult;
import dev.agentrunner.spi.workspace.OutputListener;
import dev.agentrunner.spi.workspace.RunningCommand;
import dev.agentrunner.spi.workspace.Workspace;
import dev.agentrunner.spi.workspace.WorkspaceException;
import dev.agentrunner.spi.workspace.WorkspaceFiles;
import dev.agentrunner.spi.workspace.WorkspacePolicy;
import dev.agentrunner.spi.workspace.Workspaces;
import dev.agentrunner.tck.fixture.Ids;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Gives every test a workspace, and takes it away afterwards. */
@Timeout(120)
abstract class WithWorkspace {

    static final String SHARED = "shared";

    final RunId run = Ids.run();

    @TempDir
    Path shared;

    private Optional<Workspaces> opened = Optional.empty();

    abstract WorkspaceContract adapter();

    @BeforeEach
    final void openPlace() throws Exception {
        opened = Optional.of(adapter().open(Map.of(SHARED, shared)));
    }

    @AfterEach
    final void leavePlace() throws Exception {
        for (RunId one : place().runs()) {
            place().delete(one);
        }
        adapter().dispose();
    }

    final Workspaces place() {
        return opened.orElseThrow();
    }

    final Workspace workspace() {
        return place().open(run, WorkspacePolicy.DEFAULT);
    }

    final WorkspaceFiles files() {
        return workspace().files();
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    final void write(String path, String text) {
        files().write(Map.of(path, bytes(text)));
    }

    final String read(String path) {
        return new String(files().read(path), StandardCharsets.UTF_8);
    }

    /** Runs a script to its end. */
    final CommandResult run(String script) throws InterruptedException {
        try (RunningCommand command = workspace().start(Command.script(script), OutputListener.NONE)) {
            return command.await();
        }
    }

    static void assertRefused(String kind, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        WorkspaceException.class,
                        e -> org.assertj.core.api.Assertions.assertThat(e.kind())
                                .as(e.getMessage())
                                .isEqualTo(kind));
    }
}
