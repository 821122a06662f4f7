package dev.agentrunner.yaml.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTemplateTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String SCOPE =
            "{\"n\": 7, \"t\": \"text\", \"list\": [1, \"a\"], \"no\": null, \"yes\": true, \"big\": 12345678901}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "plain|\"plain\"",
                "{{ n }}|7",
                "{{n}}|7",
                "{{ t }}|\"text\"",
                "{{ list }}|[1,\"a\"]",
                "{{ no }}|null",
                "{{ missing }}|null",
                "{{ yes }}|true",
                "{{ big }}|12345678901",
                "{{ n }}!|\"7!\"",
                "~ {{ n }}~|\" 7\"",
                "{{ t }}{{ n }}|\"text7\"",
                "a {{ list }} b|\"a [1,\\\"a\\\"] b\"",
                "a{{ no }}b{{ missing }}c|\"abc\"",
                "{{ {\"a\": {\"b\": n}} }}|{\"a\":{\"b\":7}}",
                "{{{\"a\": {\"b\": n}}}}|{\"a\":{\"b\":7}}",
                "{{ \"}}\" }}|\"}}\"",
                "{{ '}}' & t }}|\"}}text\"",
                "{{ \"a\\\"}}\" }}|\"a\\\"}}\"",
                "{{ \"{{\" }} is literal|\"{{ is literal\"",
                "{{ /* }} */ n }}|7",
                "{{ $contains(t, /x[\\}\"']?t/) }}|true",
                "{{ n / 7 }} and {{ n/7 }}|\"1 and 1\"",
                "{{ (n) / 7 / 1 }}|1",
                "{{ n }}}|\"7}\"",
                "{ {n} }|\"{ {n} }\"",
                "}} {{ n }}|\"}} 7\""
            })
    void a_text_becomes_what_its_expressions_give(String text, String expected) throws Exception {
        assertThat(render(text)).isEqualTo(JSON.readTree(expected));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "a {{ n|2",
                "{{ n }|0",
                "{{ 'n }}|0",
                "{{ `n }}|0",
                "{{ /* n }}|0",
                "{{ $match(t, /a }}|0",
                "{{ {\"a\": 1 }}|0",
                "{{ n }} {{|8",
                "{{}}|2",
                "x {{  }}|4"
            })
    void what_is_not_closed_or_empty_is_refused_where_it_begins(String text, int position) {
        ExpressionSyntaxException failure =
                catchThrowableOfType(ExpressionSyntaxException.class, () -> TextTemplate.compile(text));

        assertThat(failure.position()).isEqualTo(position);
    }

    @Test
    void a_mistake_in_an_expression_is_told_by_its_place_in_the_text() {
        ExpressionSyntaxException failure = catchThrowableOfType(
                ExpressionSyntaxException.class, () -> TextTemplate.compile("{{ n }} and {{ n + }}"));

        assertThat(failure.position()).isBetween(14, 19);
    }

    @Test
    void values_are_rendered_through_and_through_and_keep_their_order_and_keys() throws Exception {
        Template template = Templates.compile(
                JSON.readTree("{\"b\": [\"{{ n }}\", {\"{{ n }}\": \"{{ t }}\"}], \"a\": 1.50, \"c\": null}"));

        assertThat(template.render(JSON.readTree(SCOPE)))
                .hasToString("{\"b\":[7,{\"{{ n }}\":\"text\"}],\"a\":1.5,\"c\":null}");
    }

    @Test
    void a_template_knows_what_it_reads() throws Exception {
        Template template =
                Templates.compile(JSON.readTree("{\"a\": [\"{{ steps.x.text }} {{ n }}\"], \"b\": \"{{ n }}\"}"));

        assertThat(template.references()).containsExactlyInAnyOrder(List.of("steps", "x", "text"), List.of("n"));
    }

    @Test
    void whoever_changes_a_result_changes_nothing_else() throws Exception {
        Template template = Templates.constant(JSON.readTree("{\"a\": [1]}"));
        ((ArrayNode) template.render(JSON.readTree("{}")).get("a")).add(2);

        assertThat(template.render(JSON.readTree("{}"))).hasToString("{\"a\":[1]}");
    }

    @Test
    void a_text_that_grows_too_large_is_a_limit_that_was_passed() throws Exception {
        JsonNode scope = JSON.createObjectNode().put("t", "x".repeat(9 << 20));
        TextTemplate template = TextTemplate.compile("{{ t }} {{ t }}");

        ExpressionException failure = catchThrowableOfType(ExpressionException.class, () -> template.render(scope));

        assertThat(failure.kind()).isEqualTo("expression_limit");
    }

    private static JsonNode render(String text) throws Exception {
        return TextTemplate.compile(text).render(JSON.readTree(SCOPE));
    }
}
