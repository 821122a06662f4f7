package dev.agentrunner.yaml.interpret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.spi.model.Json;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InputDefaultsTest {

    private static final String SCHEMA =
            "{\"properties\":{\"n\":{\"default\":1},\"any\":true,\"o\":{\"default\":{\"b\":2},"
                    + "\"properties\":{\"a\":{\"default\":[]},\"b\":{\"default\":3}}},\"p\":{\"properties\":{\"q\":{\"default\":4}}}}}";

    @Test
    void defaults_are_put_where_the_input_says_nothing() {
        Map.of(
                        "{}", "{\"n\":1,\"o\":{\"b\":2,\"a\":[]}}",
                        "{\"n\":null,\"o\":{}}", "{\"n\":null,\"o\":{\"a\":[],\"b\":3}}",
                        "{\"n\":0,\"o\":7,\"p\":{}}", "{\"n\":0,\"o\":7,\"p\":{\"q\":4}}",
                        "{\"x\":{},\"o\":null,\"any\":1}", "{\"x\":{},\"o\":null,\"any\":1,\"n\":1}",
                        "[1]", "[1]")
                .forEach((input, filled) -> assertThat(applied(SCHEMA, input)).isEqualTo(filled));
        assertThat(applied("{}", "{\"a\":1}")).isEqualTo("{\"a\":1}");
        assertThat(applied("true", "{}")).isEqualTo("{}");
    }

    private static String applied(String schema, String input) {
        return InputDefaults.applied(new Json(schema).tree(), new Json(input).tree())
                .toString();
    }
}
