package dev.agentrunner.core.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.spi.model.Json;
import dev.agentrunner.workflow.ResultType;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchemasTest {

    record Mixed(Json any, List<Json> many, String text) {}

    private final JsonCodec codec = new JsonCodec(JsonCodec.defaultMapper(), Secrets.of(List.of()));

    @Test
    void json_is_any_value_wherever_it_stands() {
        assertThat(codec.schema(ResultType.of(Json.class)).text()).isEqualTo("{}");
        assertThat(codec.schema(ResultType.of(Mixed.class)).text())
                .contains("\"any\":{}", "\"many\":{\"type\":\"array\",\"items\":{}}", "\"text\":{\"type\":\"string\"}");
    }
}
