package dev.agentrunner.yaml.expression;

import static dev.agentrunner.yaml.expression.Scope.json;
import static dev.agentrunner.yaml.expression.Scope.scope;
import static dev.agentrunner.yaml.expression.Scope.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What expressions of workflows give. */
class ExpressionTest {

    /** An expression, an arrow, and the JSON that it gives. */
    private static final String TABLE = """
            input.topic                                          -> "Graceful shutdown"
            claim                                                -> "sky"
            workspace & '/out'                                   -> "/ws/out"
            env.LANG                                             -> "C"
            run.labels.team                                      -> "a"
            steps.build.exit_code = 0                            -> true
            steps.build.exit_code != 0                           -> false
            steps.gate.approved                                  -> true
            steps.draft.text                                     -> "Hello “World”"
            steps."my name".v                                    -> 1
            steps.`my name`.v                                    -> 1
            $lookup(steps, 'my name').v                          -> 1
            $$.steps.draft.text                                  -> "Hello “World”"
            input.none                                           -> null
            input.missing.further                                -> null
            $exists(input.none)                                  -> true
            $exists(input.missing)                               -> false
            input.empty                                          -> []
            input.nulls                                          -> [1, null, 2]
            $count(input.nulls)                                  -> 3
            input.nested                                         -> [[1, 2], [3]]
            input.items.price                                    -> [5, 2, 7]
            input.items[0].name                                  -> "x"
            input.items[-1].name                                 -> "z"
            input.items[price > 3].name                          -> ["x", "z"]
            input.items[price > 6].name                          -> "z"
            input.items[price > 6].name[]                        -> ["z"]
            input.items[price > 9].name                          -> null
            input.items^(>price).name                            -> ["z", "x", "y"]
            input.items{name: price}                             -> {"x": 5, "y": 2, "z": 7}
            input.items.{"n": name, "twice": price * 2}          -> [{"n": "x", "twice": 10}, {"n": "y", "twice": 4}, {"n": "z", "twice": 14}]
            input.items#$i.{"n": $i}                             -> [{"n": 0}, {"n": 1}, {"n": 2}]
            steps.*.text                                         -> "Hello “World”"
            **.price                                             -> [5, 2, 7]
            input.items[0].%.n                                   -> 3
            (input.n + 2) * 3 - 4 / 2                            -> 13
            7 % 4                                                -> 3
            -input.n                                             -> -3
            1 / 3 < 0.34                                         -> true
            0.1 + 0.2                                            -> 0.30000000000000004
            input.n > 2 and input.n <= 3 or false                -> true
            input.flag and $not(input.n = 3)                     -> false
            "x" in input.items.name                              -> true
            input.n = 3 ? "three" : "other"                      -> "three"
            input.missing ?: "default"                           -> "default"
            input.missing ?? "default"                           -> "default"
            "n=" & input.n & ", " & input.flag & input.missing   -> "n=3, true"
            input.files & ""                                     -> "[\\"a.txt\\",\\"b.txt\\"]"
            [1..4]                                               -> [1, 2, 3, 4]
            [1..3].($ * $)                                       -> [1, 4, 9]
            {"a": input.n, "b": [input.none, 2], "c": input.zip} -> {"a": 3, "b": [null, 2]}
            $sum(input.items.price)                              -> 14
            $max(input.items.price) - $min(input.items.price)    -> 5
            $average([1, 2, 3, 4])                               -> 2.5
            $map(input.items, function($i) { $i.name & $i.id })  -> ["x1", "y2", "z3"]
            $map(input.files, $uppercase)                        -> ["A.TXT", "B.TXT"]
            $filter(input.items, function($i) { $i.id > 2 }).id  -> 3
            $reduce([1..5], function($a, $b) { $a + $b })        -> 15
            $join(input.files, ", ")                             -> "a.txt, b.txt"
            input.files ~> $join("+")                            -> "a.txt+b.txt"
            $join([], ",") & $join(["", ""], "-")                -> "-"
            $substring("hello", 1, 3)                            -> "ell"
            $substring("hello", -3)                              -> "llo"
            $substring("😀abc", 1, 2)                            -> "ab"
            $substringBefore("a/b", "/") & $substringAfter("a/b", "/") -> "ab"
            $string(input.items[0])                              -> "{\\"id\\":1,\\"price\\":5,\\"name\\":\\"x\\"}"
            $string(input.none)                                  -> "null"
            $string([0.1 + 0.2, 1e20, 1.0])                      -> "[0.3,1e+20,1]"
            $string({"a": []}, true)                             -> "{\\n  \\"a\\": []\\n}"
            $number("12.50") + $number("0x10")                   -> 28.5
            $number("9007199254740993")                          -> 9007199254740993
            [$round(2.5), $round(3.14159, 2), $round(-25, -1)]   -> [2, 3.14, -20]
            $keys(input.items[0])                                -> ["id", "price", "name"]
            $merge([{"a": 1}, {"a": 2, "b": 3}])                 -> {"a": 2, "b": 3}
            $each({"a": 1}, function($v, $k) { $k & $v })        -> "a1"
            $sift({"a": 1, "b": 2}, function($v) { $v > 1 })     -> {"b": 2}
            $spread({"a": 1, "b": 2})                            -> [{"a": 1}, {"b": 2}]
            $append([1], [2, 3])                                 -> [1, 2, 3]
            $distinct([1, 2, 1])                                 -> [1, 2]
            $reverse([1, 2, 3])                                  -> [3, 2, 1]
            $sort([3, 1.5, 2])                                   -> [1.5, 2, 3]
            $sort(input.items, function($a, $b) { $a.price > $b.price }).id -> [2, 1, 3]
            $zip([1, 2], [3, 4, 5])                              -> [[1, 3], [2, 4]]
            $type(input.none) & $type(input.n) & $type([])       -> "nullnumberarray"
            $contains(input.topic, "shut")                       -> true
            $contains(input.topic, /GRACE/i)                     -> true
            $match("a1b22", /[a-z](\\d+)/).groups                -> ["1", "22"]
            $match("a1b22", /\\d+/, 1)                           -> {"match": "1", "index": 1, "groups": []}
            $replace("Ada Lovelace", /(\\w+) (\\w+)/, "$2, $1")  -> "Lovelace, Ada"
            $replace("5", /5/, "$$0 $0 $7$x")                    -> "$0 5 $x"
            $replace("a.b.c", ".", "-", 1)                       -> "a-b.c"
            $replace("ab", /b/, function($m) { $uppercase($m.match) }) -> "aB"
            $split("a, b;c", /[,;]\\s*/)                         -> ["a", "b", "c"]
            $split("a.b.c", ".", 2)                              -> ["a", "b"]
            $split("a😀", "")                                    -> ["a", "😀"]
            $trim("  a   b ")                                    -> "a b"
            $pad("x", -3, "ab") & $pad("y", 2, "-")              -> "abxy-"
            $encodeUrlComponent("a b/ü") & $encodeUrl("a?b=c d") -> "a%20b%2F%C3%BCa?b=c%20d"
            $base64decode($base64encode("hü"))                   -> "hü"
            $toMillis("1970-01-01T00:00:01")                     -> 1000
            $fromMillis(0)                                       -> "1970-01-01T00:00:00.000Z"
            $formatNumber(1234.5, "#,##0.00")                    -> "1,234.50"
            ($f := function($n) { $n < 2 ? 1 : $n * $f($n - 1) }; $f(10)) -> 3628800
            ($f := function($n, $a) { $n = 0 ? $a : $f($n - 1, $a + $n) }; $f(1000, 0)) -> 500500
            ($half := $substring(?, 0, 2); $half("hello"))       -> "he"
            input.items[0] ~> |$|{"price": 9}, "id"|             -> {"price": 9, "name": "x"}
            /* why */ input.n /* not */                          -> 3
            """;

    @ParameterizedTest
    @MethodSource("rows")
    void gives_what_jsonata_gives(String row) {
        String[] parts = row.split("\\s+-> ", 2);

        assertThat(value(parts[0])).isEqualTo(json(parts[1]));
    }

    static Stream<String> rows() {
        return TABLE.lines();
    }

    @Test
    void numbers_that_are_only_passed_on_stay_exact() {
        assertThat(value("[input.big, input.huge, input.half]"))
                .isEqualTo(json("[9007199254740993, 123456789012345678901234567890, 0.5]"));
        assertThat(value("$lookup(input, 'huge')")).isEqualTo(json("123456789012345678901234567890"));
        assertThat(value("$single([input.huge])")).isEqualTo(json("123456789012345678901234567890"));
        assertThat(value("$max([1, input.n])")).isEqualTo(json("3"));
    }

    @Test
    void fails_with_the_message_of_error_and_assert() {
        assertFails("$error('no topic')", "no topic");
        assertFails("input.flag and $error('no topic')", "no topic");
        assertFails("$assert(input.n = 4, 'n is not 4')", "n is not 4");
        assertFails("$map([1], function($x) { $error('deep') })", "deep");
        assertFails("$sort([2, 1], function($a, $b) { $error('deep') })", "deep");
        assertFails("$replace('a', /a/, function($m) { $error('deep') })", "deep");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "function($x) { $x }",
                "$sum",
                "[$sum]",
                "{'f': function() { 1 }}",
                "$substring(?, 1)",
                "|$|{}|",
                "[[1, {'a': [$uppercase]}]]"
            })
    void a_function_does_not_get_out(String expression) {
        assertFails(expression, "function");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1 + 'a'",
                "1 / 0",
                "not(true)",
                "input.topic()",
                "$nothing(1)",
                "-'x'",
                "$number('a')",
                "[1..'x']"
            })
    void fails_with_the_expression_in_the_message(String expression) {
        assertFails(expression, "{{ " + expression + " }}");
    }

    @Test
    void a_scope_stays_what_it_is() {
        JsonNode scope = scope();

        Expression.compile("input.empty{'a': 1}").evaluate(scope);
        Expression.compile("input ~> |items|{'price': 0}, 'id'|").evaluate(scope);
        Expression.compile("$append(input.files, 'c')").evaluate(scope);

        assertThat(scope).isEqualTo(scope());
    }

    @Test
    void many_threads_evaluate_one_expression() throws Exception {
        Expression expression = Expression.compile(
                "($f := function($n) { $n = 0 ? 0 : $n + $f($n - 1) }; {'a': $map([1..n], $f), 'b': $join([1..n].($string($)))})");
        int threads = 8;
        CyclicBarrier together = new CyclicBarrier(threads);
        List<Callable<List<JsonNode>>> work = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            int first = t;
            work.add(() -> {
                together.await();
                List<JsonNode> values = new ArrayList<>();
                for (int i = 0; i < 50; i++) {
                    values.add(expression.evaluate(json("{\"n\":" + (1 + (first + i) % 9) + "}")));
                }
                return values;
            });
        }
        var executor = Executors.newFixedThreadPool(threads);
        try {
            var results = executor.invokeAll(work);
            for (int t = 0; t < threads; t++) {
                for (int i = 0; i < 50; i++) {
                    assertThat(results.get(t).get().get(i)).isEqualTo(sums(1 + (t + i) % 9));
                }
            }
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void an_interrupt_is_kept_for_the_caller() {
        Thread.currentThread().interrupt();

        assertThat(value("input.n").intValue()).isEqualTo(3);

        assertThat(Thread.interrupted()).isTrue();
    }

    private static ObjectNode sums(int n) {
        ObjectNode sums = JsonNodeFactory.instance.objectNode();
        StringBuilder digits = new StringBuilder();
        for (int i = 1; i <= n; i++) {
            digits.append(i);
            if (n == 1) {
                sums.put("a", 1);
            } else {
                sums.withArray("a").add(i * (i + 1) / 2);
            }
        }
        return sums.put("b", digits.toString());
    }

    private static void assertFails(String expression, String said) {
        assertThatThrownBy(() -> value(expression))
                .isInstanceOfSatisfying(
                        ExpressionException.class, e -> assertThat(e.kind()).isEqualTo("expression_failed"))
                .hasMessageContaining(said);
    }
}
