package dev.agentrunner.yaml.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.agentrunner.yaml.problem.Problem;
import dev.agentrunner.yaml.problem.WorkflowFileException;
import dev.agentrunner.yaml.source.Documents.Document;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each § stands before a letter X of the one value; letters before it count the way. */
class PlacesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: one §X two",
                "a: one\n  two §X",
                "a: one\n\n\n  two\n  §X",
                "a: 'it''s §X'",
                "a: 'it''s\n\n   ''§X'",
                "a: \"one \\\"\\t\\u00e4\\x41 §X\"",
                "a: \"one \\\n   two\\\n  \\  §X\"",
                "a: \"\\U0001F600 😀 §X\"",
                "a: \"\\  \\n\\N\\_\\L §X\"",
                "a: |\n  one\n\n    two §X\n",
                "a: |2-\n    one\n  §X\n",
                "a: >+  # why\n  one\n  two\n\n  §X\n\n",
                "a: !!str §X",
                "😀: {b: [1, 2, §X]}",
                "\uFEFFa: §X"
            })
    void a_character_of_a_text_is_found_again(String marked) {
        for (String end : List.of("\n", "\r\n", "\r")) {
            String text = marked.replace("\n", end);
            Document document = Documents.read("f.yaml", text.replace("§", ""));
            Scalar scalar = scalar(document.root());
            document.problems().add(scalar, scalar.written().indexOf('X'), "here");

            WorkflowFileException failure = catchThrowableOfType(
                    WorkflowFileException.class, () -> document.problems().check());

            assertThat(failure.problems()).containsExactly(expected("f.yaml", text));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\": \"\\u00e4\\n\\\" §X\"}", "\r\n\t[1,\n\t\t\"😀\\ud83d\\ude00 §X\"]", "\"§X\""})
    void in_json_too(String marked) {
        Document document = Documents.read("f.json", marked.replace("§", ""));
        Scalar scalar = scalar(document.root());
        document.problems().add(scalar, scalar.written().indexOf('X'), "here");

        WorkflowFileException failure = catchThrowableOfType(
                WorkflowFileException.class, () -> document.problems().check());

        assertThat(failure.problems()).containsExactly(expected("f.json", marked));
    }

    @Test
    void past_its_end_is_after_its_last_character() {
        Document document = Documents.read("f.yaml", "a: |\n  one\n\n\nb: 1\n");
        Scalar scalar = (Scalar) ((Mapping) document.root()).get("a");
        document.problems().add(scalar, 99, "here");

        WorkflowFileException failure = catchThrowableOfType(
                WorkflowFileException.class, () -> document.problems().check());

        assertThat(failure.problems()).containsExactly(new Problem("f.yaml", 2, 6, "here"));
    }

    private static Problem expected(String file, String marked) {
        String before =
                marked.substring(0, marked.indexOf('§')).replace("\uFEFF", "").replaceAll("\r\n?", "\n");
        String line = before.substring(before.lastIndexOf('\n') + 1);
        int lines = (int) before.chars().filter(c -> c == '\n').count() + 1;
        return new Problem(file, lines, line.codePointCount(0, line.length()) + 1, "here");
    }

    private static Scalar scalar(Value value) {
        Value at = value;
        while (!(at instanceof Scalar)) {
            at = at instanceof Mapping mapping
                    ? mapping.entries().values().iterator().next().value()
                    : ((Sequence) at).items().get(((Sequence) at).items().size() - 1);
        }
        return (Scalar) at;
    }
}
