package dev.agentrunner.yaml.interpret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentrunner.workflow.TerminalFailureException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class MarkedFilesTest {

    private static String file(String path, String content) {
        return "=== FILE: " + path + " ===\n" + content + "=== END FILE ===\n";
    }

    @Test
    void files_are_taken_in_their_order_and_what_is_around_them_is_left() {
        assertThat(MarkedFiles.in("Here:\n" + file("b/x.txt", "1\n\n2\n") + "and\n" + file("a.txt", "") + "Done."))
                .containsExactly(Map.entry("b/x.txt", "1\n\n2\n"), Map.entry("a.txt", ""));
        assertThat(MarkedFiles.in("no files")).isEmpty();
        assertThat(MarkedFiles.in("=== END FILE ===\n")).isEmpty();
    }

    @Test
    void markers_may_be_indented_and_lines_may_end_as_on_windows() {
        assertThat(MarkedFiles.in("  === FILE: a b.txt ===\r\none\r\n  two\r\n === END FILE === \r\n"))
                .containsExactly(Map.entry("a b.txt", "one\n  two\n"));
    }

    @Test
    void a_fence_around_all_of_a_file_goes_and_any_other_stays() {
        assertThat(MarkedFiles.in(file("a", "```java\nclass A {}\n```\n"))).containsEntry("a", "class A {}\n");
        assertThat(MarkedFiles.in(file("a", "```\n```\n"))).containsEntry("a", "");
        assertThat(MarkedFiles.in(file("a", "```\n"))).containsEntry("a", "```\n");
        assertThat(MarkedFiles.in(file("a", "# T\n```\nx\n```\n"))).containsEntry("a", "# T\n```\nx\n```\n");
        assertThat(MarkedFiles.in(file("a", "```sh\nx\n```\nmore\n"))).containsEntry("a", "```sh\nx\n```\nmore\n");
    }

    @Test
    void what_is_cut_off_or_there_twice_never_passes_for_whole() {
        for (String bad : List.of(
                "=== FILE: a ===\nx\n",
                "=== FILE: a ===",
                "=== FILE: a ===\nx\n" + file("b", "y\n"),
                file("b", "y\n") + "=== FILE: a ===\nx\n=== END")) {
            assertThatThrownBy(() -> MarkedFiles.in(bad))
                    .as(bad)
                    .isInstanceOfSatisfying(
                            TerminalFailureException.class,
                            e -> assertThat(e.kind()).isEqualTo("no_files"))
                    .hasMessageContaining("'a' has no '=== END FILE ==='");
        }
        assertThatThrownBy(() -> MarkedFiles.in(file("a", "1\n") + file("a", "1\n")))
                .hasMessageContaining("'a' twice");
    }

    @Property
    void what_is_marked_comes_back(@ForAll @Size(max = 5) List<@net.jqwik.api.constraints.AlphaChars String> contents) {
        Map<String, String> files = new LinkedHashMap<>();
        StringBuilder text = new StringBuilder();
        for (String each : contents) {
            String path = "f" + files.size();
            String content = each.isEmpty() ? "" : each + "\n";
            files.put(path, content);
            text.append("talk\n").append(file(path, content));
        }
        assertThat(MarkedFiles.in(text.toString())).isEqualTo(files);
    }
}
