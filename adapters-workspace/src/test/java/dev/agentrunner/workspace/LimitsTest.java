package dev.agentrunner.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentrunner.spi.workspace.Command;
import dev.agentrunner.spi.workspace.FileEntry;
import dev.agentrunner.spi.workspace.Workspace;
import dev.agentrunner.spi.workspace.WorkspaceException;
import dev.agentrunner.spi.workspace.WorkspaceVersions.Contents;
import dev.agentrunner.spi.workspace.WorkspaceVersions.LeftOut;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LimitsTest {

    @TempDir
    Path folder;

    @Test
    void files_beyond_the_limits_are_left_out_in_the_order_of_their_paths() {
        Ground all = Ground.in(folder);
        all.write("a", "12345");
        all.write("b/x", "123456");
        all.write("b/y", "1");
        all.write("c", "1");
        Ground few = new Ground(all.place().maxVersioned(2, 100), all.run());
        assertThat(few.workspace().versions().scan().files())
                .extracting(FileEntry::path)
                .containsExactly("a", "b/x");
        Ground small = new Ground(all.place().maxVersioned(10, 6), all.run());
        assertThat(small.workspace().versions().scan().files())
                .extracting(FileEntry::path)
                .containsExactly("a", "b/y");
        assertThat(small.workspace().versions().scan().leftOut())
                .extracting(LeftOut::path)
                .containsExactly("b/x", "c");
        Ground short5 = new Ground(all.place().maxFile(5), all.run());
        assertThat(short5.workspace().versions().scan().leftOut())
                .containsExactly(new LeftOut("b/x", "has more than 5 bytes"));
        assertThatThrownBy(() -> short5.read("b/x"))
                .isInstanceOfSatisfying(
                        WorkspaceException.class, e -> assertThat(e.kind()).isEqualTo("too_large"));
    }

    @Test
    void of_very_many_files_that_are_left_out_only_some_are_named() throws Exception {
        Ground ground = Ground.in(folder);
        ground.sh("i=0; while [ $i -lt 1500 ]; do : > f$i; i=$((i+1)); done");
        Ground none = new Ground(ground.place().maxVersioned(0, 0), ground.run());
        List<LeftOut> left = none.workspace().versions().scan().leftOut();
        assertThat(left).hasSize(1_000);
        assertThat(left.get(999).reason()).endsWith("so are 500 more files");
    }

    @Test
    void what_no_path_can_name_is_left_out_and_cleaned_away() throws Exception {
        Ground ground = Ground.in(folder);
        ground.write("a", "1");
        Contents before = ground.workspace().versions().scan();
        ground.sh("i=0; while [ $i -lt 300 ]; do mkdir d; cd -P d; i=$((i+1)); done; echo x > deep");
        ground.sh("echo x > \"$(printf 'not\\377utf')\"; echo x > 'back\\slash'; mkdir \"$(printf 'dir\\377')\"");
        assertThat(ground.workspace().versions().scan().files()).isEqualTo(before.files());
        assertThat(ground.workspace().versions().scan().leftOut()).hasSize(4);
        assertThat(ground.workspace().files().list("")).containsExactly("a");
        ground.workspace().versions().restore(before.files(), file -> {
            throw new IOException("nothing is to be written");
        });
        assertThat(ground.workspace().versions().scan()).isEqualTo(before);
        assertThat(ground.sh("ls -A").stdout().text()).isEqualTo("a\n");
    }

    @Test
    void a_workspace_that_was_replaced_by_a_link_is_not_used() throws Exception {
        Ground ground = Ground.in(folder.resolve("runs"));
        Path root = ground.directory();
        Workspace open = ground.workspace();
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Files.writeString(outside.resolve("f"), "secret");
        Files.delete(root);
        Files.createSymbolicLink(root, outside);
        for (ThrowingCallable call : List.<ThrowingCallable>of(
                () -> open.files().read("f"),
                () -> open.files().list(""),
                () -> open.files().write(Map.of("x", new byte[1])),
                () -> open.versions().scan(),
                () -> open.versions().restore(List.of(), file -> Files.newInputStream(outside)),
                () -> open.start(Command.of("true"), (s, t) -> {}),
                ground::workspace)) {
            assertThatThrownBy(call)
                    .isInstanceOfSatisfying(
                            WorkspaceException.class, e -> assertThat(e.kind()).isEqualTo("io"));
        }
        assertThat(outside.resolve("f")).hasContent("secret");
        ground.place().delete(ground.run());
        assertThat(outside.resolve("f")).hasContent("secret");
    }

    @Test
    void limits_are_not_negative_and_no_workspace_is_all_of_the_file_system() {
        LocalWorkspaces place = LocalWorkspaces.in(folder);
        assertThatThrownBy(() -> place.maxFile(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> place.maxVersioned(-1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> place.named("all", Path.of("/"))).isInstanceOf(IllegalArgumentException.class);
    }
}
