package dev.agentrunner.ollama.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentrunner.ollama.Ollama;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OllamaHostTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "~~|http://127.0.0.1:11434",
                "~   ~|http://127.0.0.1:11434",
                "127.0.0.7|http://127.0.0.7:11434",
                ":1234|http://127.0.0.1:1234",
                "127.0.0.7:1234|http://127.0.0.7:1234",
                "example.com|http://example.com:11434",
                "example.com:1234|http://example.com:1234",
                "example.com:1234/|http://example.com:1234",
                "example.com/ollama|http://example.com:11434/ollama",
                "localhost:|http://localhost:11434",
                ":0|http://127.0.0.1:0",
                ":66000|http://127.0.0.1:11434",
                ":-1|http://127.0.0.1:11434",
                "localhost:port|http://localhost:11434",
                "localhost:99999999999|http://localhost:11434",
                "http://localhost:port|http://localhost:80",
                "https://localhost:66000|https://localhost:443",
                "[::1]|http://[::1]:11434",
                "[::1|http://[::1]:11434",
                "::1|http://[::1]:11434",
                "[::1]:1337|http://[::1]:1337",
                "https://[::1]|https://[::1]:443",
                "http://[::1]:1337/x|http://[::1]:1337/x",
                "2001:db8::7|http://[2001:db8::7]:11434",
                "[fe80::1%eth0]:1337|http://[fe80::1%eth0]:1337",
                "[::]|http://[::1]:11434",
                "[::]:1337|http://[::1]:1337",
                "0:0:0:0:0:0:0:0|http://[::1]:11434",
                "0.0.0.0|http://127.0.0.1:11434",
                "0.0.0.0:1234|http://127.0.0.1:1234",
                "http://0.0.0.0|http://127.0.0.1:80",
                " 127.0.0.7 |http://127.0.0.7:11434",
                "\"127.0.0.7\"|http://127.0.0.7:11434",
                "'127.0.0.7'|http://127.0.0.7:11434",
                " \" 127.0.0.7 \" |http://127.0.0.7:11434",
                "http://localhost|http://localhost:80",
                "http://localhost:4321|http://localhost:4321",
                "https://localhost|https://localhost:443",
                "https://localhost:4321|https://localhost:4321",
                "HTTPS://localhost|https://localhost:443",
                "https://example.com/ollama|https://example.com:443/ollama",
                "https://example.com/a b|https://example.com:443/a%20b",
                "https://example.com:8443/ollama/v1/|https://example.com:8443/ollama/v1/",
                "ollama.com|https://ollama.com:443",
                "ollama.com:80|http://ollama.com:80",
            })
    void every_form_that_ollama_accepts_is_read_as_ollama_does(String variable, URI address) {
        assertThat(OllamaHost.address(variable)).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://example.com", "unix:///run/ollama.sock", "two words", "a:b:c", "under_score"})
    void what_names_no_address_is_refused_with_what_it_is(String variable) {
        assertThatThrownBy(() -> OllamaHost.address(variable))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("OLLAMA_HOST");
    }

    @Test
    void an_address_that_cannot_be_called_is_refused() {
        for (String address : new String[] {
            "ftp://example.com", "localhost:11434", "http:///x", "http://user@example.com", "http://h/?q", "http://h/#f"
        }) {
            assertThatThrownBy(() -> Ollama.at(URI.create(address)))
                    .as(address)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
