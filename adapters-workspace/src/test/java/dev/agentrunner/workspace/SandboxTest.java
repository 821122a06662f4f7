package dev.agentrunner.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.agentrunner.spi.workspace.Command;
import dev.agentrunner.spi.workspace.CommandResult;
import dev.agentrunner.spi.workspace.OutputListener;
import dev.agentrunner.spi.workspace.RunningCommand;
import dev.agentrunner.spi.workspace.WorkspaceException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;

class SandboxTest {

    /** Not below /tmp, which a sandbox has for itself. */
    @TempDir(factory = InTarget.class)
    Path folder;

    static final class InTarget implements TempDirFactory {
        @Override
        public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext extension)
                throws IOException {
            return Files.createTempDirectory(Path.of("target").toAbsolutePath(), "sandbox-");
        }
    }

    private static void assertClosed(Ground ground) {
        assertThatThrownBy(() ->
                        ground.workspace().start(Command.script("echo 1 > ran").sandboxed(true), OutputListener.NONE))
                .isInstanceOfSatisfying(
                        WorkspaceException.class, e -> assertThat(e.kind()).isEqualTo("no_sandbox"));
        assertThat(ground.workspace().files().list("")).isEmpty();
    }

    @Test
    void without_bubblewrap_nothing_runs_that_should_be_in_a_sandbox() throws Exception {
        Ground ground = Ground.in(folder);
        Ground without = new Ground(ground.place().sandbox("no-such-program"), ground.run());
        assertClosed(without);
        assertThat(without.sh("exit 3").exitCode()).isEqualTo(3);
    }

    @Test
    void bubblewrap_that_does_not_work_here_runs_nothing() throws Exception {
        Path broken = Files.writeString(folder.resolve("bwrap"), "#!/bin/sh\necho 'No permissions' >&2\nexit 1\n");
        Files.setPosixFilePermissions(broken, PosixFilePermissions.fromString("rwx------"));
        Ground ground = Ground.in(folder.resolve("runs"));
        Ground without = new Ground(ground.place().sandbox(broken.toString()), ground.run());
        assertClosed(without);
        assertThatThrownBy(() -> without.workspace().start(Command.of("true").sandboxed(true), OutputListener.NONE))
                .hasMessageContaining("No permissions");
    }

    /** Skipped where bubblewrap cannot work. */
    @Nested
    class Working {

        private Ground ground;

        @BeforeEach
        void works() {
            ground = Ground.in(folder.resolve("runs"));
            try (RunningCommand probe =
                    ground.workspace().start(Command.of("true").sandboxed(true), OutputListener.NONE)) {
                assertThat(probe.await().exitCode()).isZero();
            } catch (WorkspaceException e) {
                assumeTrue(false, e.getMessage());
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        private CommandResult sandboxed(String script) throws InterruptedException {
            try (RunningCommand command =
                    ground.workspace().start(Command.script(script).sandboxed(true), OutputListener.NONE)) {
                return command.await();
            }
        }

        @Test
        void the_workspace_and_temporary_files_can_be_written() throws Exception {
            CommandResult result = sandboxed(
                    "pwd; echo 1 > inside; echo 2 > $TMPDIR/x; echo 3 > /tmp/y; cat inside $TMPDIR/x $TMPDIR/y; exit 5");
            assertThat(result.stderr().text()).isEmpty();
            assertThat(result.stdout().text()).isEqualTo(ground.directory() + "\n1\n2\n3\n");
            assertThat(result.exitCode()).isEqualTo(5);
            assertThat(ground.read("inside")).isEqualTo("1\n");
        }

        @Test
        void everything_else_is_read_only() throws Exception {
            Path outside = Files.writeString(folder.resolve("outside"), "as it was");
            for (String file :
                    new String[] {"/etc/sandbox-test", "/usr/sandbox-test", "/run/sandbox-test", "/sandbox-test"}) {
                assertThat(sandboxed("echo 1 > " + file).exitCode()).as(file).isNotZero();
            }
            for (String file : new String[] {outside.toString(), "../x"}) {
                // In the shared temporary directory, which is the sandbox's own, it may write what nobody sees.
                assertThat(sandboxed("echo 1 > " + file).exitCode() != 0 || outside.startsWith("/tmp"))
                        .as(file)
                        .isTrue();
            }
            assertThat(outside).hasContent("as it was");
            assertThat(ground.directory().resolveSibling("x")).doesNotExist();
            assertThat(sandboxed("mount -o remount,rw / 2>&1").exitCode()).isNotZero();
        }

        @Test
        void a_workspace_in_the_shared_temporary_directory_works_and_others_there_are_not_seen(@TempDir Path shared)
                throws Exception {
            ground = Ground.in(shared.resolve("runs"));
            Path outside = Files.writeString(shared.resolve("outside"), "as it was");
            assertThat(sandboxed("echo 1 > inside; cat " + outside).exitCode()).isNotZero();
            sandboxed("echo 1 > " + outside);
            assertThat(outside).hasContent("as it was");
            assertThat(ground.read("inside")).isEqualTo("1\n");
        }

        @Test
        void there_is_no_network() throws Exception {
            try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                String call = "exec 3<>/dev/tcp/127.0.0.1/" + server.getLocalPort();
                Command bash = Command.of("bash", "-c", call);
                try (RunningCommand open = ground.workspace().start(bash, OutputListener.NONE);
                        RunningCommand shut = ground.workspace().start(bash.sandboxed(true), OutputListener.NONE)) {
                    assertThat(open.await().exitCode()).isZero();
                    assertThat(shut.await().exitCode()).isNotZero();
                }
            }
        }

        @Test
        void all_processes_in_it_end_even_those_that_shed_their_environment() throws Exception {
            Command daemon = Command.script(
                            "env -i setsid sh -c 'sleep 999.123 & sleep 1000' >/dev/null 2>&1 & sleep 0.1; echo up; sleep 1000")
                    .sandboxed(true);
            RunningCommand command = ground.begun(daemon);
            command.close();
            assertThat(ground.alive()).isEmpty();
            assertThat(ProcessHandle.allProcesses()
                            .filter(p -> p.info().commandLine().orElse("").contains("999.123")))
                    .isEmpty();
        }

        @Test
        void it_outlives_the_thread_that_started_it() throws Exception {
            FutureTask<RunningCommand> start = new FutureTask<>(() ->
                    ground.begun(Command.script("echo up; sleep 0.5; exit 4").sandboxed(true)));
            Thread thread = new Thread(start);
            thread.start();
            thread.join();
            try (RunningCommand command = start.get(30, TimeUnit.SECONDS)) {
                assertThat(command.await().exitCode()).isEqualTo(4);
            }
        }

        @Test
        void a_program_that_is_missing_is_named() {
            assertThatThrownBy(() -> ground.workspace()
                            .start(Command.of("no-such-program").sandboxed(true), OutputListener.NONE))
                    .isInstanceOfSatisfying(
                            WorkspaceException.class, e -> assertThat(e.kind()).isEqualTo("command_not_found"));
        }

        @Test
        void signals_and_output_are_as_without_it() throws Exception {
            assertThat(sandboxed("kill -TERM $$").exitCode()).isEqualTo(143);
            assertThat(sandboxed("head -c 1000000 /dev/zero").stdout().written())
                    .isEqualTo(1_000_000);
        }
    }
}
