package dev.agentrunner.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentrunner.spi.workspace.Command;
import dev.agentrunner.spi.workspace.CommandResult;
import dev.agentrunner.spi.workspace.OutputListener;
import dev.agentrunner.spi.workspace.OutputListener.Stream;
import dev.agentrunner.spi.workspace.RunningCommand;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Programs in a workspace.
 *
 * <p>On failure look at what a program inherits, at who reads what it writes, and at what is killed when.
 */
abstract class WorkspaceCommandContract extends WithWorkspace {

    private final Queue<String> out = new ConcurrentLinkedQueue<>();
    private final Queue<String> err = new ConcurrentLinkedQueue<>();
    private final CountDownLatch said = new CountDownLatch(1);

    private RunningCommand start(String script) {
        return workspace().start(Command.script(script), this::hear);
    }

    private void hear(Stream stream, String text) {
        (stream == Stream.STDOUT ? out : err).add(text);
        said.countDown();
    }

    @Test
    void a_command_gives_its_exit_code_and_what_it_wrote() throws Exception {
        try (RunningCommand command = start("echo out; echo err >&2; exit 7")) {
            CommandResult result = command.await();
            assertThat(result.exitCode()).isEqualTo(7);
            assertThat(result.stdout().text()).isEqualTo("out\n");
            assertThat(result.stderr().text()).isEqualTo("err\n");
            assertThat(result.stdout().size()).isEqualTo(4);
            assertThat(result.stdout().written()).isEqualTo(4);
            try (InputStream all = result.stdout().open()) {
                assertThat(all.readAllBytes()).isEqualTo(bytes("out\n"));
            }
            assertThat(command.await()).isEqualTo(result);
        }
        assertThat(String.join("", out)).isEqualTo("out\n");
        assertThat(String.join("", err)).isEqualTo("err\n");
    }

    @Test
    void a_command_works_in_the_directory_and_has_no_input() throws Exception {
        CommandResult result = run("pwd; cat; echo made > file");
        assertThat(result.stdout().text()).isEqualTo(workspace().directory() + "\n");
        assertThat(read("file")).isEqualTo("made\n");
    }

    @Test
    void a_command_sees_the_variables_it_is_given_and_none_of_this_process() throws Exception {
        Command command = Command.of("env").environment(Map.of("MINE", "yes"));
        try (RunningCommand running = workspace().start(command, OutputListener.NONE)) {
            assertThat(running.await().stdout().text().lines())
                    .filteredOn(line -> !line.startsWith("AGENT_RUNNER_"))
                    .anySatisfy(line -> assertThat(line).isEqualTo("MINE=yes"))
                    .anySatisfy(line ->
                            assertThat(line).isEqualTo("HOME=" + workspace().directory()))
                    .anySatisfy(line -> assertThat(line).isEqualTo("LANG=C.UTF-8"))
                    .anySatisfy(line -> assertThat(line).startsWith("PATH="))
                    .anySatisfy(line -> assertThat(line).startsWith("TMPDIR="))
                    .hasSize(5);
        }
    }

    @Test
    void temporary_files_are_outside_and_go_with_the_command() throws Exception {
        Path temporary;
        try (RunningCommand command = start("echo 1 > $TMPDIR/x; mkdir $TMPDIR/d; echo $TMPDIR")) {
            temporary = Path.of(command.await().stdout().text().strip());
            assertThat(temporary.resolve("x")).exists();
            assertThat(temporary.startsWith(workspace().directory())).isFalse();
        }
        assertThat(temporary).doesNotExist();
        assertThat(files().list("")).isEmpty();
    }

    @Test
    void arguments_are_not_interpreted() throws Exception {
        try (RunningCommand command =
                workspace().start(Command.of("printf", "%s|", "$HOME", "a b", "*", ""), OutputListener.NONE)) {
            assertThat(command.await().stdout().text()).isEqualTo("$HOME|a b|*||");
        }
    }

    @Test
    void a_program_that_is_missing_is_named() {
        assertRefused("command_not_found", () -> workspace().start(Command.of("no-such-program"), OutputListener.NONE));
        assertRefused("command_not_found", () -> workspace().start(Command.of("./mvnw"), OutputListener.NONE));
        assertThatThrownBy(() -> workspace().start(Command.of("no-such-program"), OutputListener.NONE))
                .hasMessageContaining("'no-such-program'");
    }

    @Test
    void a_signal_counts_from_128() throws Exception {
        assertThat(run("kill -TERM $$").exitCode()).isEqualTo(143);
        assertThat(run("kill -KILL $$").exitCode()).isEqualTo(137);
    }

    @Test
    void the_end_of_a_command_is_the_end_of_what_it_left_running() throws Exception {
        CommandResult result = run("(trap '' TERM HUP; echo begun; while :; do sleep 0.01; echo x >> ticks; done) &"
                + " while ! [ -s ticks ]; do sleep 0.01; done");
        assertThat(result.exitCode()).isZero();
        assertThat(result.stdout().text()).isEqualTo("begun\n");
        long ticks = Files.size(workspace().directory().resolve("ticks"));
        assertThat(run("sleep 0.1").exitCode()).isZero();
        assertThat(workspace().directory().resolve("ticks")).hasSize(ticks);
    }

    @Test
    void what_is_written_is_told_as_it_comes_and_closing_ends_all() throws Exception {
        RunningCommand command = start("printf 'say \\303\\244'; sleep 1000");
        assertThat(said.await(30, TimeUnit.SECONDS)).isTrue();
        command.close();
        command.close();
        assertThat(String.join("", out)).isEqualTo("say ä");
        assertThat(command.await().exitCode()).isEqualTo(137);
    }

    @Test
    void characters_are_told_whole() throws Exception {
        write("text", "aä€😀".repeat(20_000));
        try (RunningCommand command = workspace()
                .start(Command.script("cat text; printf '\\377|\\360\\237'"), (stream, text) -> {
                    assertThat(text).isNotEmpty();
                    assertThat(Character.isHighSurrogate(text.charAt(text.length() - 1)))
                            .isFalse();
                    hear(stream, text);
                })) {
            assertThat(command.await().exitCode()).isZero();
        }
        assertThat(String.join("", out)).isEqualTo("aä€😀".repeat(20_000) + "\uFFFD|\uFFFD");
    }

    @Test
    void much_output_is_read_to_its_end_and_kept_up_to_the_limit() throws Exception {
        try (RunningCommand command = workspace()
                .start(
                        Command.script("head -c 70000000 /dev/zero; head -c 70000 /dev/zero >&2"),
                        OutputListener.NONE)) {
            CommandResult result = command.await();
            assertThat(result.stdout().written()).isEqualTo(70_000_000);
            assertThat(result.stdout().size()).isEqualTo(64 << 20);
            assertThat(result.stdout().text()).hasSize(64 << 10);
            assertThat(result.stderr().size()).isEqualTo(70_000);
        }
    }

    @Test
    void a_listener_that_fails_does_not_stop_the_command() throws Exception {
        Command command = Command.script("head -c 1000000 /dev/zero; echo done >&2");
        try (RunningCommand running = workspace().start(command, (stream, text) -> {
            throw new IllegalStateException("as the test wants it");
        })) {
            assertThat(running.await().stdout().written()).isEqualTo(1_000_000);
        }
    }

    @Test
    void waiting_can_be_interrupted_and_closing_works_then() throws Exception {
        RunningCommand command = start("sleep 1000");
        Thread.currentThread().interrupt();
        assertThatThrownBy(command::await).isInstanceOf(InterruptedException.class);
        Thread.currentThread().interrupt();
        command.close();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(command.await().exitCode()).isEqualTo(137);
    }
}
