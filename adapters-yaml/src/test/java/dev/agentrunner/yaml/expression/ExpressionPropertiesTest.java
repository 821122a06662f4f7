package dev.agentrunner.yaml.expression;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for any value and any text. */
class ExpressionPropertiesTest {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Expression WHOLE = Expression.compile("input");
    private static final Expression FIELD = Expression.compile("input.field");
    private static final Expression THROUGH = Expression.compile("($f := function($x) { {'v': $x} }; $f(input)).v");

    @Property(tries = 300)
    void any_value_passes_through_unchanged(@ForAll("json") JsonNode value) {
        ObjectNode scope = JSON.objectNode().set("input", value);
        ObjectNode nested = JSON.objectNode().set("input", JSON.objectNode().set("field", value));
        JsonNode before = scope.deepCopy();

        assertThat(WHOLE.evaluate(scope)).isEqualTo(value);
        assertThat(FIELD.evaluate(nested)).isEqualTo(value);
        assertThat(THROUGH.evaluate(scope)).isEqualTo(value);
        assertThat(Expression.compile("{'v': input}").evaluate(scope).get("v")).isEqualTo(value);
        assertThat(scope).isEqualTo(before);
    }

    @Property(tries = 1500)
    void any_text_is_an_expression_or_says_why_not(@ForAll("source") String source) {
        long begin = System.nanoTime();
        try {
            Expression expression = Expression.compile(source);
            expression.references();
            expression.evaluate(Scope.scope());
        } catch (ExpressionSyntaxException e) {
            assertThat(e.position()).isBetween(0, source.length());
        } catch (ExpressionException e) {
            assertThat(e.kind()).isIn("expression_failed", "expression_limit");
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(4));
    }

    @Provide
    Arbitrary<String> source() {
        Arbitrary<String> words = Arbitraries.of(List.of(
                        "input",
                        ".",
                        "steps",
                        "[",
                        "]",
                        "(",
                        ")",
                        "{",
                        "}",
                        "$",
                        "$$",
                        "$x",
                        ":=",
                        "+",
                        "-",
                        "*",
                        "**",
                        "/",
                        "%",
                        "&",
                        "=",
                        "!=",
                        "<",
                        ">",
                        "~>",
                        "?",
                        ":",
                        "?:",
                        "??",
                        "and",
                        "or",
                        "in",
                        ",",
                        ";",
                        "..",
                        "1",
                        "0.5",
                        "'a'",
                        "\"b\"",
                        "true",
                        "null",
                        "/x/",
                        "/(a|b)*/i",
                        "function($x){",
                        "$map(",
                        "$string(",
                        "$f(",
                        "^(",
                        "@$v",
                        "#$i",
                        "|",
                        " ",
                        "/*",
                        "*/",
                        "`n`",
                        "items",
                        "λ($y){",
                        "$match(",
                        "$substring(?,",
                        "'",
                        "\\",
                        "!"))
                .list()
                .ofMaxSize(14)
                .map(list -> String.join("", list));
        return Arbitraries.oneOf(
                words,
                Arbitraries.strings().ofMaxLength(30),
                Arbitraries.strings().ascii().ofMaxLength(30));
    }

    @Provide
    Arbitrary<JsonNode> json() {
        Arbitrary<JsonNode> scalars = Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(8).map(JSON::textNode),
                Arbitraries.integers().map(JSON::numberNode),
                Arbitraries.longs().map(JSON::numberNode),
                Arbitraries.bigIntegers().map(JSON::numberNode),
                Arbitraries.bigDecimals().map(JSON::numberNode),
                Arbitraries.doubles().map(JSON::numberNode),
                Arbitraries.of(true, false).map(JSON::booleanNode),
                Arbitraries.just(JSON.nullNode()));
        return values(scalars, 3);
    }

    private static Arbitrary<JsonNode> values(Arbitrary<JsonNode> scalars, int levels) {
        if (levels == 0) {
            return scalars;
        }
        Arbitrary<JsonNode> inner = values(scalars, levels - 1);
        Arbitrary<JsonNode> arrays = inner.list().ofMaxSize(4).map(list -> {
            ArrayNode array = JSON.arrayNode();
            array.addAll(list);
            return array;
        });
        Arbitrary<JsonNode> objects = Arbitraries.maps(Arbitraries.strings().ofMaxLength(4), inner)
                .ofMaxSize(4)
                .map(map -> {
                    ObjectNode object = JSON.objectNode();
                    object.setAll(map);
                    return object;
                });
        return Arbitraries.oneOf(scalars, arrays, objects);
    }
}
