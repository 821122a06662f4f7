package dev.agentrunner.yaml.expression;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegexesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(){2147483647}",
                "^{20000}",
                "((){9999}){9999}",
                "(((){101}){101} ) {101}",
                "(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)z",
                "(a*|b*)(a*|b*)(a*|b*)(a*|b*)(a*|b*)(a*|b*)(a*|b*)(a*|b*)(a*|b*)(a*|b*)(a*|b*)(a*|b*)(a*|b*)(a*|b*)"
                        + "(a*|b*)(a*|b*)(a*|b*)(a*|b*)(a*|b*)(a*|b*)(a*|b*)z",
                "(a*)?(a*)?(a*)?(a*)?(a*)?(a*)?(a*)?(a*)?(a*)?(a*)?(a*)?(a*)?(a*)?(a*)?(a*)?(a*)?(a*)?(a*)?(a*)?(a*)?(a*)?z"
            })
    void what_goes_in_circles_without_reading_is_wasteful(String regex) {
        assertThat(Regexes.isWasteful(regex)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\d{4}-\\d{2}-\\d{2}",
                "[0-9a-f]{64}",
                "(?:[0-9]{1,3}\\.){3}[0-9]{1,3}",
                "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec",
                "^(https?)://([^/:]+)(:\\d+)?(/[^?#]*)?(\\?[^#]*)?(#.*)?$",
                "^\\s*(#+)\\s+(.*?)\\s*$"
            })
    void what_people_write_is_not(String regex) {
        assertThat(Regexes.isWasteful(regex)).isFalse();
    }
}
