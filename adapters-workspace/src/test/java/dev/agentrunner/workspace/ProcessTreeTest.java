package dev.agentrunner.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.spi.workspace.Command;
import dev.agentrunner.spi.workspace.RunningCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a command starts ends with it. */
class ProcessTreeTest {

    private static final String WHEN_UP = "; while ! [ -s up ]; do sleep 0.01; done; echo up; sleep 1000";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sh -c 'echo 1 > up; sleep 1000' &",
                "setsid sh -c 'echo 1 > up; sleep 1000' &",
                "nohup sh -c 'echo 1 > up; sleep 1000' >/dev/null 2>&1 &",
                "(setsid sh -c 'setsid sh -c \"echo 1 > up; exec sleep 1000\" >/dev/null 2>&1 &' &) &",
                "(trap '' TERM HUP INT; echo 1 > up; while :; do sleep 1; done) &",
                "env -i sh -c 'echo 1 > up; sleep 1000' &",
                "(trap '' TERM; setsid nohup sh -c 'trap \"\" TERM; echo 1 > up; while :; do sleep 1; done' & exit) &"
            })
    void what_a_command_starts_is_gone_when_it_is_closed(String start) throws Exception {
        Ground ground = Ground.in(folder);
        RunningCommand command = ground.begun(Command.of("sh", "-c", start + ": " + WHEN_UP));
        List<ProcessHandle> children = ProcessHandle.current().descendants().toList();
        assertThat(ground.alive()).isNotEmpty();
        command.close();
        assertThat(ground.alive()).isEmpty();
        assertThat(children.stream().filter(ProcessHandle::isAlive).filter(ProcessTreeTest::isOurs))
                .isEmpty();
    }

    private static boolean isOurs(ProcessHandle process) {
        return process.info().commandLine().orElse("").contains("sleep 1000");
    }

    @RepeatedTest(5)
    void processes_that_hop_from_one_to_the_next_are_caught() throws Exception {
        Ground ground = Ground.in(folder);
        ground.write(
                "hop.sh", "echo x >> hops\n[ $1 -gt 0 ] || exit 0\nsetsid sh hop.sh $(($1 - 1)) >/dev/null 2>&1 &\n");
        RunningCommand command =
                ground.begun(Command.of("sh", "-c", "sh hop.sh 100000; sh hop.sh 100000; echo up; sleep 1000"));
        command.close();
        long hops = Files.size(ground.file("hops"));
        assertThat(ground.alive()).isEmpty();
        ground.sh("sleep 0.2");
        assertThat(ground.file("hops")).hasSize(hops);
    }

    @Test
    void hundreds_of_processes_are_caught() throws Exception {
        Ground ground = Ground.in(folder);
        ground.write(
                "tree.sh",
                "if [ $1 -gt 0 ]; then sh tree.sh $(($1 - 1)) & sh tree.sh $(($1 - 1)) & fi\necho $1\nsleep 1000\n");
        RunningCommand command = ground.begun(Command.of("sh", "tree.sh", "7"));
        command.close();
        assertThat(ground.alive()).isEmpty();
    }

    @Test
    void commands_of_the_same_run_and_of_others_are_left_alone() throws Exception {
        Ground ground = Ground.in(folder);
        Ground other = Ground.in(folder);
        Command sleep = Command.script("echo up; sleep 1000");
        try (RunningCommand first = ground.begun(sleep);
                RunningCommand second = ground.begun(sleep);
                RunningCommand others = other.begun(sleep)) {
            first.close();
            assertThat(ground.sh("exit 3").exitCode()).isEqualTo(3);
            assertThat(ground.alive()).isNotEmpty();
            assertThat(other.alive()).isNotEmpty();
            ground.place().delete(ground.run());
            assertThat(ground.alive()).isEmpty();
            assertThat(other.alive()).isNotEmpty();
            assertThat(second.await().exitCode()).isEqualTo(137);
            others.close();
            assertThat(other.alive()).isEmpty();
        }
    }

    @Test
    void a_marker_that_a_command_sets_itself_does_not_count() throws Exception {
        Ground ground = Ground.in(folder);
        Command disguised = Command.script("echo up; sleep 1000")
                .environment(Map.of("AGENT_RUNNER_RUN", "another", "AGENT_RUNNER_COMMAND", "another"));
        RunningCommand command = ground.begun(disguised);
        assertThat(ground.alive()).isNotEmpty();
        command.close();
        assertThat(ground.alive()).isEmpty();
    }

    @Test
    void many_commands_at_once_are_fine() throws Exception {
        Ground ground = Ground.in(folder);
        List<RunningCommand> commands = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            commands.add(ground.workspace()
                    .start(Command.script("sleep 0." + i % 10 + "; exit " + i), (stream, text) -> {}));
        }
        long begun = System.nanoTime();
        for (int i = 0; i < 50; i++) {
            assertThat(commands.get(i).await().exitCode()).isEqualTo(i);
            commands.get(i).close();
        }
        assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun)).isLessThan(60);
        assertThat(ground.alive()).isEmpty();
        assertThat(folder.resolve(".agent-runner").resolve(ground.run().toString()))
                .isEmptyDirectory();
    }
}
