package dev.agentrunner.yaml.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no expression, or must not be one. */
class CompileTest {

    @ParameterizedTest
    @CsvSource(
            delimiterString = "@",
            quoteCharacter = '~',
            value = {
                "input. @ 6",
                "input..x @ 5",
                "(1 @ 2",
                "1 + * 2 @ 6",
                "'abc @ 0",
                "input.items[ @ 12",
                "{'a' 1} @ 5",
                "[1, 2,] @ 6",
                "$f(1,) @ 5",
                "1 2 @ 2",
                "a ! b @ 2",
                "/* x @ 0",
                "`x @ 0",
                "'\\q' @ 1",
                "$contains(a, /x) @ 13",
                "1.a @ 0",
                "$x.1 @ 3",
                "1 := 2 @ 0",
                "% @ 0"
            })
    void what_is_wrong_has_a_place(String source, int position) {
        assertRefuses(() -> Expression.compile(source), position);
    }

    @Test
    void nothing_is_no_expression() {
        assertRefuses(() -> Expression.compile(""), 0);
        assertRefuses(() -> Expression.compile("  "), 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"eval", "now", "millis", "random", "shuffle", "clone"})
    void what_a_replay_could_not_repeat_is_refused_wherever_it_stands(String name) {
        for (String source :
                new String[] {"$%s()", "$x := $%s", "$map([1], $%s)", "1 ~> $%s", "($%s := 1)", "$%s(?)"}) {
            String text = source.replace("%s", name);

            assertThatThrownBy(() -> Expression.compile(text))
                    .isInstanceOfSatisfying(
                            ExpressionSyntaxException.class,
                            e -> assertThat(e.position()).isEqualTo(text.indexOf("$" + name)))
                    .hasMessageContaining("$" + name + " is not available");
        }
        assertThat(Scope.value("'it costs $" + name + "()'").textValue()).contains("$" + name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "function($__evaluate_entry) { 1 }",
                "($__evaluate_entry := $x; 1)",
                "input@$__evaluate_exit.x",
                "($match := 1)",
                "function($contains) { 1 }",
                "input.items@$split.x",
                "input.items#$replace.x",
                "/x/",
                "'x' ~> /x/",
                "($r := /x/; $r('x'))",
                "[/x/]",
                "$map(input.files, /x/)",
                "function($x)<s:s> { $x }"
            })
    void what_would_get_around_the_limits_is_refused(String source) {
        assertThatThrownBy(() -> Expression.compile(source)).isInstanceOf(ExpressionSyntaxException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"(", "[", "{'a':", "-", "a.", "a?", "a?:", "a[", "f(", "1&", "function(){", "a~>", "|", "(a?:"})
    void a_long_text_is_refused_in_no_time(String part) {
        assertThatThrownBy(() -> Expression.compile(part.repeat(1 << 20)))
                .isInstanceOf(ExpressionSyntaxException.class);
        assertThatThrownBy(() -> Expression.compile(part.repeat(16000 / part.length())))
                .isInstanceOf(ExpressionSyntaxException.class);
    }

    @Test
    void operators_that_double_what_is_before_them_do_not_double_it_often() {
        String source = "a";
        for (int i = 0; i < 40; i++) {
            source = "(" + source + ") ?: " + (i % 2 == 0 ? "b" : "c");
        }
        String doubled = source;

        assertThatThrownBy(() -> Expression.compile(doubled)).hasMessageContaining("too deeply or too long");
        assertThat(Expression.compile("((a ?: b) ?? c) ?: d").references()).hasSize(4);
    }

    private static void assertRefuses(ThrowingCallable compile, int position) {
        assertThatThrownBy(compile)
                .isInstanceOfSatisfying(
                        ExpressionSyntaxException.class,
                        e -> assertThat(e.position()).as(e.getMessage()).isEqualTo(position));
    }
}
