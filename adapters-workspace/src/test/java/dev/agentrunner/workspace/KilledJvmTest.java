package dev.agentrunner.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.workspace.Command;
import dev.agentrunner.spi.workspace.WorkspacePolicy;
import dev.agentrunner.tck.fixture.Ids;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process leaves running when it is killed is ended by the next one that opens the workspace. */
class KilledJvmTest {

    @TempDir
    Path folder;

    /** The process that is killed. */
    public static final class Child {

        private Child() {}

        public static void main(String[] arguments) throws Exception {
            LocalWorkspaces place = LocalWorkspaces.in(Path.of(arguments[0]));
            for (String id : new String[] {arguments[1], arguments[2]}) {
                new Ground(place, RunId.parse(id))
                        .begun(Command.script("setsid sleep 1000 & echo 1 > $TMPDIR/left; echo up; sleep 1000"));
            }
            System.out.println("up");
            System.in.read();
        }
    }

    private Process child(RunId... runs) throws IOException {
        String classes = Stream.of(
                        "target/test-classes",
                        "target/classes",
                        System.getProperty("jdk.module.path", ""),
                        System.getProperty("java.class.path"))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(File.pathSeparator));
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(
                        java,
                        "-Xmx128m",
                        "-cp",
                        classes,
                        Child.class.getName(),
                        folder.toString(),
                        runs[0].toString(),
                        runs[1].toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    @Test
    void commands_of_a_killed_process_are_ended_when_their_run_is_opened_and_no_others() throws Exception {
        RunId run = Ids.run();
        RunId other = Ids.run();
        Process child = child(run, other);
        try (BufferedReader output = child.inputReader(StandardCharsets.UTF_8)) {
            assertThat(output.lines().filter("up"::equals).findFirst()).isPresent();
        } finally {
            child.toHandle().destroyForcibly();
            child.waitFor();
        }
        assertThat(Ground.alive(run)).isNotEmpty();
        assertThat(Ground.alive(other)).isNotEmpty();

        LocalWorkspaces place = LocalWorkspaces.in(folder);
        place.open(run, WorkspacePolicy.DEFAULT);
        assertThat(Ground.alive(run)).isEmpty();
        assertThat(Ground.alive(other)).isNotEmpty();
        assertThat(folder.resolve(".agent-runner").resolve(run.toString())).doesNotExist();
        place.delete(other);
        assertThat(Ground.alive(other)).isEmpty();
    }
}
