package dev.agentrunner.yaml.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CoreSchemaTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``|null",
                "~|null",
                "null|null",
                "NULL|null",
                "true|true",
                "True|true",
                "FALSE|false",
                "0|0",
                "-12|-12",
                "+12|12",
                "017|17",
                "0o17|15",
                "0xFf|255",
                "2147483648|2147483648",
                "123456789012345678901234567890|123456789012345678901234567890",
                "1.50|1.50",
                "-.5|-0.5",
                "1.|1",
                "1e3|1E+3",
                "6.02E-23|6.02E-23"
            })
    void what_is_a_value_becomes_one(String plain, String json) {
        assertThat(CoreSchema.resolve(plain)).hasToString(json);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "yes",
                "no",
                "on",
                "off",
                "y",
                "tRue",
                "nUll",
                "1_000",
                "0b11",
                "1:30",
                "2026-11-01",
                "0o8",
                "0x",
                "-0x1",
                "+0o7",
                "1e",
                "e1",
                ".",
                "-",
                "+",
                "-.",
                "1.2.3",
                "0xG",
                "..5",
                "<<",
                "="
            })
    void anything_else_is_a_text(String plain) {
        JsonNode value = CoreSchema.resolve(plain);

        assertThat(value).isNotNull();
        assertThat(value.isTextual()).isTrue();
        assertThat(value.textValue()).isEqualTo(plain);
    }

    @ParameterizedTest
    @ValueSource(strings = {".inf", "-.INF", "+.Inf", ".nan", ".NaN", "1e5000", "1e99999999999", "1e-5000"})
    void numbers_that_json_has_not_are_refused(String plain) {
        assertThat(CoreSchema.resolve(plain)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"9", "9.", "0x9"})
    void endless_numbers_are_refused(String begin) {
        assertThat(CoreSchema.resolve(begin + "9".repeat(200_000))).isNull();
    }
}
