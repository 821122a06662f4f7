package dev.agentrunner.yaml.interpret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentrunner.spi.model.Json;
import dev.agentrunner.workflow.TerminalFailureException;
import dev.agentrunner.yaml.expression.Expression;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TextsTest {

    private static final List<String> TRUE = List.of(
            "true", "1", "-0.5", "\"x\"", "\"false\"", "\" \"", "[1]", "[0,1]", "[[1]]", "{\"a\":null}", "1e-300");
    private static final List<String> FALSE =
            List.of("false", "0", "0.0", "-0.0", "\"\"", "null", "[]", "{}", "[0]", "[null,false,\"\"]", "[[]]");

    @Test
    void what_counts_as_true_is_what_expressions_take_for_true() {
        for (List<String> all : List.of(TRUE, FALSE)) {
            for (String each : all) {
                boolean expected = all == TRUE;
                var value = new Json(each).tree();
                assertThat(Texts.isTrue(value)).as(each).isEqualTo(expected);
                var scope = new Json("{\"x\":" + each + "}").tree();
                assertThat(Expression.compile("x ? true : false")
                                .evaluate(scope)
                                .booleanValue())
                        .as(each + " in an expression")
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void a_value_as_text() {
        Map.of("\"a\"", "a", "null", "", "1.5", "1.5", "{\"a\":[1]}", "{\"a\":[1]}")
                .forEach((value, text) ->
                        assertThat(Texts.of(new Json(value).tree())).isEqualTo(text));
        assertThat(Texts.byName(null, "env")).isEmpty();
        assertThat(Texts.byName(new Json("{\"b\":1,\"a\":null}").tree(), "env"))
                .containsExactly(Map.entry("b", "1"), Map.entry("a", ""));
        assertThatThrownBy(() -> Texts.byName(new Json("[1]").tree(), "env"))
                .isInstanceOf(TerminalFailureException.class)
                .hasMessageContaining("env must be an object");
    }
}
