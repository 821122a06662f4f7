package dev.agentrunner.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentrunner.spi.workspace.FileEntry;
import dev.agentrunner.spi.workspace.WorkspacePolicy;
import dev.agentrunner.spi.workspace.WorkspaceVersions;
import dev.agentrunner.spi.workspace.WorkspaceVersions.Contents;
import dev.agentrunner.spi.workspace.WorkspaceVersions.LeftOut;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What a workspace holds, and how it is put back.
 *
 * <p>On failure look at what is taken for unchanged, and at the order in which things are deleted and written.
 */
abstract class WorkspaceVersionsContract extends WithWorkspace {

    private final Map<String, byte[]> kept = new HashMap<>();

    private Contents keep() {
        Contents contents = versions().scan();
        for (FileEntry file : contents.files()) {
            kept.put(file.sha256(), files().read(file.path()));
        }
        return contents;
    }

    private WorkspaceVersions versions() {
        return workspace().versions();
    }

    private List<String> restore(Contents contents) {
        return versions().restore(contents.files(), file -> new ByteArrayInputStream(kept.get(file.sha256())));
    }

    @Test
    void a_scan_lists_files_sorted_with_what_tells_them_apart() throws Exception {
        assertThat(run("umask 022; mkdir a; printf abc > a/b; printf abc > a.b; chmod 750 a.b")
                        .exitCode())
                .isZero();
        String sum = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assertThat(versions().scan())
                .isEqualTo(new Contents(
                        List.of(new FileEntry("a.b", 0750, 3, sum), new FileEntry("a/b", 0644, 3, sum)), List.of()));
    }

    @Test
    void what_version_the_directory_is_of_is_remembered_as_long_as_it_is_there() {
        assertThat(versions().marked()).isNull();
        versions().mark("one");
        versions().mark("two");
        assertThat(versions().marked()).isEqualTo("two");
        assertThat(versions().scan().files())
                .as("beside the files, not among them")
                .isEmpty();
        place().delete(run);
        assertThat(place().open(run, WorkspacePolicy.DEFAULT).versions().marked())
                .isNull();
    }

    @Test
    void a_change_of_the_same_size_is_seen_at_once() {
        write("a", "one");
        Contents before = versions().scan();
        write("a", "two");
        assertThat(versions().scan()).isNotEqualTo(before);
        write("a", "one");
        assertThat(versions().scan()).isEqualTo(before);
    }

    @Test
    void what_was_changed_is_put_back() throws Exception {
        assertThat(run("mkdir -p keep dir/deep; echo 1 > keep/same; echo 2 > dir/deep/changed; echo 3 > gone;"
                                + " echo 4 > mode; echo 5 > file; echo 6 > dir/linked; chmod 700 dir/linked")
                        .exitCode())
                .isZero();
        Contents before = keep();
        assertThat(run("echo x > dir/deep/changed; rm gone; chmod 600 mode; rm file; mkdir file; echo 1 > file/in;"
                                + " rm dir/linked; ln -s ../keep dir/linked; mkdir -p more/and/more; echo 1 > more/new;"
                                + " ln -s / root; mkfifo fifo; ln keep/same hard; rm hard")
                        .exitCode())
                .isZero();
        assertThat(restore(before))
                .containsExactly(
                        "dir/deep/changed",
                        "dir/linked",
                        "fifo",
                        "file",
                        "file/in",
                        "gone",
                        "mode",
                        "more/new",
                        "root");
        assertThat(versions().scan()).isEqualTo(before);
        assertThat(run("find . | sort | tr '\\n' ' '").stdout().text())
                .isEqualTo(
                        ". ./dir ./dir/deep ./dir/deep/changed ./dir/linked ./file ./gone ./keep ./keep/same ./mode ");
        assertThat(restore(before)).isEmpty();
    }

    @Test
    void a_directory_where_a_file_is_and_a_file_where_a_directory_is_are_put_back() throws Exception {
        write("a/b/c", "1");
        write("d", "2");
        Contents before = keep();
        assertThat(
                        run("rm -r a d; echo x > a; mkdir -p d/e/f; echo y > d/e/f/g; mkdir -p d/target; echo z > d/target/z")
                                .exitCode())
                .isZero();
        restore(before);
        assertThat(versions().scan()).isEqualTo(before);
    }

    @Test
    void what_is_ignored_is_neither_seen_nor_touched() throws Exception {
        WorkspaceVersions versions = place().open(
                        run, WorkspacePolicy.DEFAULT.ignore(List.of("target/", "*.class", "/out/")))
                .versions();
        assertThat(run("mkdir -p target m/target out m/out; for d in target m/target out m/out; do echo 1 > $d/x; done;"
                                + " echo 1 > m/A.class; ln -s / target/root; echo 1 > targets")
                        .exitCode())
                .isZero();
        Contents seen = versions.scan();
        assertThat(seen.files()).extracting(FileEntry::path).containsExactly("m/out/x", "targets");
        assertThat(seen.leftOut()).isEmpty();
        assertThat(versions.restore(List.of(), file -> {
                    throw new IOException("nothing is to be written");
                }))
                .containsExactly("m/out/x", "targets");
        assertThat(run("find . -type f -o -type l | sort | tr '\\n' ' '")
                        .stdout()
                        .text())
                .isEqualTo("./m/A.class ./m/target/x ./out/x ./target/root ./target/x ");
    }

    @Test
    void what_is_not_versioned_is_named_with_the_reason() throws Exception {
        assertThat(run("echo 1 > a; ln a b; ln -s a link; mkfifo fifo; head -c 10485761 /dev/zero > large; echo 1 > z")
                        .exitCode())
                .isZero();
        Contents seen = versions().scan();
        assertThat(seen.files()).extracting(FileEntry::path).containsExactly("z");
        assertThat(seen.leftOut()).extracting(LeftOut::path).containsExactly("a", "b", "fifo", "large", "link");
        assertThat(seen.leftOut()).allSatisfy(left -> assertThat(left.reason()).isNotBlank());
    }

    @Test
    void bytes_that_are_not_those_of_the_file_are_not_written() {
        write("a", "right");
        Contents before = keep();
        write("a", "other");
        assertRefused("io", () -> versions().restore(before.files(), file -> new ByteArrayInputStream(bytes("wrong"))));
        assertThat(read("a")).isEqualTo("other");
    }

    @Test
    void what_was_interrupted_is_completed_by_doing_it_again() {
        write("a", "1");
        write("b", "2");
        write("c/d", "3");
        Contents before = keep();
        files().delete("a");
        write("b", "x");
        write("c/d", "y");
        write("e", "new");
        assertThatThrownBy(() -> versions().restore(before.files(), file -> {
                    if (file.path().equals("b")) {
                        throw new IOException("as the test wants it");
                    }
                    return new ByteArrayInputStream(kept.get(file.sha256()));
                }))
                .isNotNull();
        assertThat(versions().scan()).isNotEqualTo(before);
        restore(before);
        assertThat(versions().scan()).isEqualTo(before);
    }

    @Test
    void entries_that_lead_out_are_refused_before_anything_is_done() {
        write("a", "1");
        Contents before = keep();
        String sum = before.files().get(0).sha256();
        for (String path : new String[] {"../x", "/x", "a/../../x", ""}) {
            List<FileEntry> files = List.of(new FileEntry(path, 0644, 1, sum));
            assertRefused("forbidden_path", () -> restore(new Contents(files, List.of())));
        }
        assertThat(versions().scan()).isEqualTo(before);
    }
}
