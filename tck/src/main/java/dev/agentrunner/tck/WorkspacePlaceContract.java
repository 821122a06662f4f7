package dev.agentrunner.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.workspace.Command;
import dev.agentrunner.spi.workspace.OutputListener;
import dev.agentrunner.spi.workspace.RunningCommand;
import dev.agentrunner.spi.workspace.Workspace;
import dev.agentrunner.spi.workspace.WorkspacePolicy;
import dev.agentrunner.tck.fixture.Ids;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Where runs have their directories.
 *
 * <p>On failure look at what is made, kept and ended when a run's directory is opened and deleted.
 */
abstract class WorkspacePlaceContract extends WithWorkspace {

    @Test
    void each_run_has_a_directory_of_its_own_which_stays() {
        write("a.txt", "mine");
        Workspace other = place().open(Ids.run(), WorkspacePolicy.DEFAULT);
        assertThat(other.files().list("")).isEmpty();
        assertThat(other.directory()).isNotEqualTo(workspace().directory());
        assertThat(workspace().directory()).isAbsolute().isDirectory();
        assertThat(read("a.txt")).isEqualTo("mine");
    }

    @Test
    void runs_are_listed_until_they_are_deleted() {
        RunId second = Ids.run();
        assertThat(place().runs()).isEmpty();
        write("deep/down/a.txt", "mine");
        place().open(second, WorkspacePolicy.DEFAULT);
        assertThat(place().runs()).containsExactlyInAnyOrder(run, second);
        Workspace deleted = workspace();
        place().delete(run);
        place().delete(run);
        assertThat(deleted.directory()).doesNotExist();
        assertThat(place().runs()).containsExactly(second);
        assertThat(files().list("")).isEmpty();
    }

    @Test
    void a_directory_that_was_given_a_name_is_shared_and_neither_versioned_nor_deleted() throws Exception {
        WorkspacePolicy policy = WorkspacePolicy.named(SHARED);
        Workspace mine = place().open(run, policy);
        mine.files().write(Map.of("a/b.txt", bytes("ours")));
        assertThat(Files.readString(shared.resolve("a/b.txt"))).isEqualTo("ours");
        Workspace theirs = place().open(Ids.run(), policy);
        assertThat(theirs.files().list("")).containsExactly("a/b.txt");
        assertThat(theirs.versions().scan().files()).isEmpty();
        assertThat(theirs.versions().restore(List.of(), file -> {
                    throw new IllegalStateException(file.path());
                }))
                .isEmpty();
        assertThat(place().runs()).isEmpty();
        place().delete(run);
        assertThat(shared.resolve("a/b.txt")).exists();
    }

    @Test
    void a_name_that_nobody_configured_is_refused() {
        assertRefused("unknown_workspace", () -> place().open(run, WorkspacePolicy.named("other")));
    }

    @Test
    void whoever_opens_a_directory_anew_ends_what_is_still_done_in_it() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        Command ticking = Command.script("while :; do echo x >> ticks; echo x; sleep 0.01; done");
        try (RunningCommand old = workspace().start(ticking, (stream, text) -> begun.countDown())) {
            assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
            Workspace again = adapter().openAgain().open(run, WorkspacePolicy.DEFAULT);
            byte[] ticks = again.files().read("ticks");
            try (RunningCommand pause = again.start(Command.of("sleep", "0.2"), OutputListener.NONE)) {
                assertThat(pause.await().exitCode()).isZero();
            }
            assertThat(again.files().read("ticks")).isEqualTo(ticks);
            assertThat(old.await().exitCode()).isEqualTo(137);
        }
    }
}
