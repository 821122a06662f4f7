package dev.agentrunner.workspace.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Assertions;

class IgnoreTest {

    private static boolean ignores(String pattern, String path, boolean folder) {
        return Ignore.of(List.of(pattern)).ignores(path, folder);
    }

    @Example
    void patterns_mean_what_they_mean_to_git() {
        assertThat(ignores("target/", "target", true)).isTrue();
        assertThat(ignores("target/", "a/b/target", true)).isTrue();
        assertThat(ignores("target/", "target", false)).isFalse();
        assertThat(ignores("target/", "targets", true)).isFalse();
        assertThat(ignores("*.class", "A.class", false)).isTrue();
        assertThat(ignores("*.class", "a/b/A.class", false)).isTrue();
        assertThat(ignores("*.class", "a/A.classes", false)).isFalse();
        assertThat(ignores("/out/", "out", true)).isTrue();
        assertThat(ignores("/out/", "a/out", true)).isFalse();
        assertThat(ignores("docs/out/", "docs/out", true)).isTrue();
        assertThat(ignores("docs/out/", "a/docs/out", true)).isFalse();
        assertThat(ignores("docs/*.txt", "docs/a.txt", false)).isTrue();
        assertThat(ignores("docs/*.txt", "docs/a/b.txt", false)).isFalse();
        assertThat(ignores("a?c", "abc", false)).isTrue();
        assertThat(ignores("a?c", "ac", false)).isFalse();
    }

    @Example
    void empty_lines_and_comments_mean_nothing() {
        Ignore ignore = Ignore.of(List.of("", "  ", "# all", "#*"));
        assertThat(ignore.ignores("#x", false)).isFalse();
        assertThat(ignore.ignores("", false)).isFalse();
    }

    @Example
    void what_is_not_understood_is_refused() {
        assertThatThrownBy(() -> Ignore.of(List.of("!keep"))).hasMessageContaining("'!keep'");
        assertThatThrownBy(() -> Ignore.of(List.of("a/**/b"))).hasMessageContaining("'a/**/b'");
    }

    @Property
    void globs_match_what_the_same_regular_expression_matches(
            @ForAll @Chars({'a', 'b', '*', '?', '/'}) @StringLength(max = 8) String glob,
            @ForAll @Chars({'a', 'b', '/'}) @StringLength(max = 10) String text) {
        String expression = glob.chars()
                .mapToObj(c -> c == '*' ? "[^/]*" : c == '?' ? "[^/]" : Pattern.quote(Character.toString(c)))
                .collect(Collectors.joining());
        assertThat(Glob.matches(glob, text)).isEqualTo(text.matches(expression));
    }

    @Example
    void no_pattern_takes_long() {
        String pattern = "*a".repeat(100) + "b";
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(10),
                () -> assertThat(Glob.matches(pattern, "a".repeat(255))).isFalse());
    }
}
