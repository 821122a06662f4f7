package dev.agentrunner.core.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.agentrunner.spi.model.Json;
import dev.agentrunner.workflow.ResultType;
import dev.agentrunner.workflow.TerminalFailureException;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonCodecTest {

    private record Odd(String text) {}

    private final JsonCodec codec = new JsonCodec(
            JsonMapper.builder()
                    .addModule(new SimpleModule().addDeserializer(Odd.class, new StdDeserializer<>(Odd.class) {
                        @Override
                        public Odd deserialize(JsonParser parser, DeserializationContext context) throws IOException {
                            throw new IOException("the host is gone");
                        }
                    }))
                    .build(),
            Secrets.of(List.of()));

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[1,", "\"a", "{\"text\":1"})
    void what_is_no_json_of_the_type_cannot_be_read_by_trying_again(String text) {
        assertThatThrownBy(() -> codec.read(new Json(text), ResultType.of(List.class)))
                .isInstanceOf(TerminalFailureException.class)
                .hasMessageContaining("cannot be read as java.util.List");
    }

    @Test
    void nor_what_a_reader_of_the_application_refuses() {
        assertThatThrownBy(() -> codec.read(new Json("1"), ResultType.of(Odd.class)))
                .isInstanceOf(TerminalFailureException.class)
                .hasMessageContaining("the host is gone");
    }

    @Test
    void null_gives_null() {
        assertThat(codec.read(Json.NULL, ResultType.of(String.class))).isNull();
    }
}
