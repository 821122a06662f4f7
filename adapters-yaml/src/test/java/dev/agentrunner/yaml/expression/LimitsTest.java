package dev.agentrunner.yaml.expression;

import static dev.agentrunner.yaml.expression.Scope.scope;
import static dev.agentrunner.yaml.expression.Scope.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing that an expression does goes on for long, or takes much. */
class LimitsTest {

    private static final Duration END = Duration.ofSeconds(3);

    @ParameterizedTest
    @MethodSource("hostile")
    void a_hostile_expression_ends_in_time_and_so_does_what_evaluates_it(String source) {
        Expression expression = Expression.compile(source);
        long begin = System.nanoTime();

        assertThatThrownBy(() -> expression.evaluate(scope()))
                .isInstanceOfSatisfying(
                        ExpressionException.class, e -> assertThat(e.kind()).isEqualTo("expression_limit"));

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(END);
        assertNothingRuns(begin);
    }

    static Stream<String> hostile() {
        return Hostile.EXPRESSIONS.stream();
    }

    @AfterAll
    static void an_ordinary_expression_finds_a_thread_afterwards() {
        assertThat(value("input.n").intValue()).isEqualTo(3);
    }

    @Test
    void a_small_heap_is_enough_for_all_of_them() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        System.getProperty("java.class.path"),
                        HostileProgram.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(said.lines())
                    .containsExactlyElementsOf(Collections.nCopies(Hostile.EXPRESSIONS.size(), "expression_limit"));
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void as_much_as_is_allowed_is_given() {
        assertThat(value("$pad('x', 1000000)").textValue()).hasSize(1_000_000);
        assertThat(value("[1..200000]")).hasSize(200_000);
        assertThat(value("$map([1..3000], function($i) { {'a': $i, 'b': 'x' & $i} })"))
                .hasSize(3000);
        assertThat(value("$reduce([1..500], function($a, $i) { $append($a, $i) }, [])"))
                .hasSize(500);
        assertThat(value("($f := function($n) { $n = 0 ? 0 : 1 + $f($n - 1) }; $f(30))")
                        .intValue())
                .isEqualTo(30);
        assertThat(value("$contains($pad('a', 1000000, 'ab'), /ba{2}|bc/)").booleanValue())
                .isFalse();
    }

    @Test
    void what_is_made_on_the_way_counts_although_each_value_is_small() {
        assertThatThrownBy(() -> value("$count([1..1000].($pad('x', 1000000)))"))
                .hasMessageContaining("64 MiB");
    }

    @Test
    void a_scope_is_passed_on_up_to_the_limit_and_read_beyond_it() {
        ObjectNode steps = JsonNodeFactory.instance.objectNode().put("n", 1).put("text", "x".repeat(10 << 20));
        ObjectNode scope = JsonNodeFactory.instance.objectNode().set("steps", steps);
        String tenTimes = "steps.n + $length(steps.text)" + " + $length($substring(steps.text, 1, 2))".repeat(9);

        assertThat(Expression.compile("steps").evaluate(scope)).isEqualTo(steps);
        assertThat(Expression.compile(tenTimes).evaluate(scope).intValue()).isEqualTo(1 + (10 << 20) + 18);

        steps.put("more", "x".repeat(10 << 20));
        assertThat(Expression.compile("steps.n").evaluate(scope).intValue()).isEqualTo(1);
        assertThatThrownBy(() -> Expression.compile("steps").evaluate(scope)).hasMessageContaining("16 MiB");
        assertThatThrownBy(() ->
                        Expression.compile("{'a': steps.text, 'b': steps.more}").evaluate(scope))
                .hasMessageContaining("16 MiB");
    }

    /** Neither the evaluator nor a regular expression is on the stack of a thread for expressions. */
    private static void assertNothingRuns(long begin) {
        List<StackTraceElement> busy = List.of();
        do {
            busy = Thread.getAllStackTraces().entrySet().stream()
                    .filter(thread -> thread.getKey().getName().startsWith(EvaluationThreads.NAME))
                    .map(Map.Entry::getValue)
                    .flatMap(Arrays::stream)
                    .filter(frame -> frame.getClassName().startsWith("com.dashjoin")
                            || frame.getClassName().startsWith("java.util.regex"))
                    .toList();
            if (busy.isEmpty()) {
                return;
            }
            Thread.onSpinWait();
        } while (System.nanoTime() - begin < END.toNanos());
        assertThat(busy).isEmpty();
    }
}
