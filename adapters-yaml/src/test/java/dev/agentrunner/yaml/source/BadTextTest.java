package dev.agentrunner.yaml.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.agentrunner.yaml.problem.Problem;
import dev.agentrunner.yaml.problem.WorkflowFileException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BadTextTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "``|1:1|the file is empty",
                "`# only a comment\n`|1:1|the file is empty",
                "`a: 1\n---\nb: 2\n`|2:1|a second document begins here",
                "`a: 1\na: 2\n`|2:1|the key 'a' is there twice",
                "`{a: 1, \"a\": 2}`|1:8|the key 'a' is there twice",
                "`a:\n\tb: 1\n`|2:1|this is not YAML",
                "`a: b: c\n`|1:5|mapping values are not allowed here",
                "`a: [1, 2\n`|2:1|this is not YAML",
                "`a: \"x\n`|2:1|this is not YAML",
                "`a: %b\n`|1:4|this is not YAML",
                "`a: *b\n`|1:4|the alias *b stands for nothing",
                "`a: &a [1, *a]\n`|1:11|the alias *a stands for nothing that has ended before it",
                "`a: &a 1\nb: &a [*a]\n`|2:8|the alias *a stands for nothing",
                "`<<: {a: 1}\n`|1:1|merge keys ('<<') are not part of YAML 1.2",
                "`a: &a {b: 1}\nc:\n  <<: *a\n`|3:3|merge keys",
                "`? [a]\n: b\n`|1:3|a key is a text",
                "`a: {{ b }}\n`|1:5|a key is a text; if {{ an expression }} was meant here, put it into quotes",
                "`a: !!javax.script.ScriptEngineManager [!!java.net.URLClassLoader [[!!java.net.URL [\"http://127.0.0.1/\"]]]]\n`|1:4|the tag !!javax.script.ScriptEngineManager means nothing here",
                "`a: !mine x\n`|1:4|the tag !mine means nothing here",
                "`a: !!int \"3\"\n`|1:4|the tag !!int means nothing here",
                "`a: !!binary aGk=\n`|1:4|the tag !!binary means nothing here",
                "`a: !!set {b}\n`|1:4|the tag !!set means nothing here",
                "`a: .inf\n`|1:4|the number .inf cannot be used",
                "`a: \"\\ud800\"\n`|1:4|half of a surrogate pair",
                "`a: \"\\udc00\\ud800\"\n`|1:4|half of a surrogate pair",
                "`%YAML 99999999999999999999.1\n---\na: 1\n`|1:27|this is not YAML",
                "`a: \"\\q\"\n`|1:6|this is not YAML",
                "`a: \"\\U99999999\"\n`|1:1|from here on this is not YAML"
            })
    void what_is_not_yaml_is_refused_where_it_is_wrong(String text, String place, String says) {
        assertThat(problems("f.yaml", text))
                .anySatisfy(problem -> assertThat(problem.toString())
                        .startsWith("f.yaml:" + place + ": ")
                        .contains(says));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``|1:1|the file is empty",
                "`{\"a\": 1}\n{}`|2:1|a second value begins here",
                "`{\"a\": 1, \"a\": 2}`|1:10|the key 'a' is there twice",
                "`{\"a\": 1,}`|1:9|this is not JSON",
                "`{\"a\": 01}`|1:8|this is not JSON",
                "`{\"a\": NaN}`|1:10|this is not JSON: Non-standard token",
                "`{a: 1}`|1:2|this is not JSON",
                "`{\"a\": 1 // why\n}`|1:9|this is not JSON",
                "`{\"a\": [1`|1:9|this is not JSON",
                "`{\"a\": \"\\ud800\"}`|1:7|half of a surrogate pair",
                "`{\"a\": 1e99999}`|1:7|the number 1e99999 cannot be used"
            })
    void what_is_not_json_is_refused_where_it_is_wrong(String text, String place, String says) {
        assertThat(problems("f.json", text))
                .anySatisfy(problem -> assertThat(problem.toString())
                        .startsWith("f.json:" + place + ": ")
                        .contains(says));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0000", "\u0007", "\uD800", "\uDC00x", "\u0085\u0080", "\uFFFE", "\uFEFF", "\u007F"})
    void characters_that_no_text_has_are_refused(String character) {
        for (String file : List.of("f.yaml", "f.json")) {
            assertThat(problems(file, "[1,\n 2" + character + "]"))
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.line()).isEqualTo(2))
                    .satisfies(problem -> assertThat(problem.message()).startsWith("the character U+"));
        }
    }

    @Test
    void a_file_of_ten_megabytes_is_refused_unread() {
        String text = "a: [" + "[".repeat(10_000_000);

        Assertions.assertTimeoutPreemptively(
                Duration.ofMillis(500),
                () -> assertThat(problems("f.yaml", text))
                        .extracting(Problem::toString)
                        .first()
                        .asString()
                        .startsWith("f.yaml:1:1: the file is larger than 1 MiB"));
    }

    @Test
    void size_is_counted_in_bytes() {
        assertThatThrownBy(() -> Documents.read("f.yaml", "a: " + "€".repeat(400_000)))
                .hasMessageContaining("1 MiB");
        assertThat(Documents.read("f.yaml", "a: " + "x".repeat(1_000_000))
                        .root()
                        .kind())
                .isEqualTo("a mapping");
    }

    @ParameterizedTest
    @ValueSource(strings = {"f.yaml", "f.json"})
    void fifty_levels_are_enough(String file) {
        String fifty = "[".repeat(50) + "]".repeat(50);

        assertThat(Documents.read(file, fifty).root().kind()).isEqualTo("a list");
        assertThat(problems(file, "[" + fifty + "]"))
                .containsExactly(new Problem(file, 1, 51, "nested more than 50 levels deep; make it flatter"));
        assertThat(problems(file, "[".repeat(1_000_000)))
                .first()
                .extracting(Problem::column)
                .isEqualTo(51);
    }

    @ParameterizedTest
    @ValueSource(strings = {"- ", "? ", "a:\n", "!!str "})
    void deep_blocks_are_refused_quickly(String opening) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 1000; i++) {
            text.append(opening.equals("a:\n") ? " ".repeat(i) : "").append(opening);
        }

        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> assertThat(problems("f.yaml", text.toString())).isNotEmpty());
    }

    @Test
    void a_billion_laughs_are_refused_before_they_are_there() {
        StringBuilder text = new StringBuilder("a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
        for (int i = 1; i < 30; i++) {
            text.append("a").append(i).append(": &a").append(i).append(" [");
            text.append(("*a" + (i - 1) + ", ").repeat(9)).append("]\n");
        }

        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(2),
                () -> assertThat(problems("f.yaml", text.toString()))
                        .singleElement()
                        .satisfies(problem -> assertThat(problem.message()).contains("counting every alias")));
    }

    @Test
    void a_long_text_cannot_be_repeated_without_end() {
        String text = "a: &a " + "x".repeat(500_000) + "\nb: [" + "*a, ".repeat(10_000) + "]\n";

        assertThat(problems("f.yaml", text))
                .singleElement()
                .satisfies(problem -> assertThat(problem.line()).isEqualTo(2));
    }

    @Test
    void aliases_that_build_a_tower_are_refused() {
        String tower = "[".repeat(30) + "1" + "]".repeat(30);

        assertThat(problems("f.yaml", "a: &a " + tower + "\nb: " + tower.replace("1", "*a") + "\n"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("nested more than 50"));
    }

    private static List<Problem> problems(String file, String text) {
        return catchThrowableOfType(WorkflowFileException.class, () -> {
                    Documents.read(file, text).problems().check();
                })
                .problems();
    }
}
