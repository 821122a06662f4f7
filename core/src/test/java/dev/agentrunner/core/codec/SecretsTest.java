package dev.agentrunner.core.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentrunner.spi.model.Json;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {

    private static final String SPACED = "correct horse battery";
    private static final String PLAIN = "hunter22";
    private static final String PEM =
            "-----BEGIN RSA PRIVATE KEY-----\nMIIEow IBAAKC\nAQEA\n-----END RSA PRIVATE KEY-----";

    /** Overlaps with itself, and its first character leaves no trace in a hash of low bits. */
    private static final String QUOTED = "`abcd`";

    private static final String CYRILLIC = "пароль1";
    private static final String EMOJI = "\uD83D\uDE00\uD83D\uDE01\uD83D\uDE02";

    private final Secrets secrets = Secrets.of(List.of(PLAIN, SPACED, QUOTED, CYRILLIC, EMOJI));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sk-proj_abcdefghijklmnopqrst",
                "sk-ant-api03-abcdefghijklmnop",
                "ghp_abcdefghijklmnopqrstuvwxyz0123456789",
                "github_pat_11ABCDEFG0abcdefghijkl_mnopqrstuvwxyz012345",
                "glpat-abcdefghijklmnopqrst",
                "AKIAIOSFODNN7EXAMPLE",
                "AIzaSyA-abcdefghijklmnopqrstuvwxyz01234",
                "xoxb-123456789012-abcdef",
                "ar_k1a2_abcdefghijklmnopqrstuvwxyz0123456789abcdefg",
                "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dozjgNryP4J3jVmNHl0w5N",
                PLAIN,
                SPACED,
                PEM
            })
    void a_secret_is_taken_out(String secret) {
        assertThat(secrets.redact("a " + secret + " b")).isEqualTo("a [redacted] b");
        assertThat(secrets.redact(new Json("{\"k\":[1,\"" + secret.replace("\n", "\\n") + "\"]}")))
                .isEqualTo(new Json("{\"k\":[1,\"[redacted]\"]}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "task-abcdefghijklmnopqrstuvwxyz",
                "sk-short",
                "correct horse",
                "ar_1_2",
                "-----BEGIN CERTIFICATE-----"
            })
    void what_only_looks_like_one_stays(String text) {
        assertThat(secrets.redact(text)).isSameAs(text);
    }

    @Test
    void json_without_secrets_stays_as_it_was_written() {
        Json json = new Json("{ \"a\" : 1.10, \"b\":\"\\u0041\\n\" }");
        assertThat(secrets.redact(json)).isSameAs(json);
    }

    @Test
    void a_secret_behind_escapes_or_in_a_name_is_found() {
        assertThat(secrets.redact(new Json("{\"\\u0068unter22\":\"\\u0068unter22\"}")))
                .isEqualTo(new Json("{\"[redacted]\":\"[redacted]\"}"));
    }

    @Test
    void numbers_keep_their_last_digit_beside_a_secret() {
        assertThat(secrets.redact(new Json("{\"n\":12345678901234567.890,\"k\":\"hunter22\"}")))
                .isEqualTo(new Json("{\"n\":12345678901234567.890,\"k\":\"[redacted]\"}"));
        assertThat(Secrets.of(List.of("83920175\n")).redact(new Json("[83920175]")))
                .isEqualTo(new Json("[\"[redacted]\"]"));
    }

    @Test
    void what_cannot_be_a_secret_is_not_held_back() {
        StringBuilder out = new StringBuilder();
        SecretStream stream = Secrets.of(List.of()).stream(out::append);
        stream.add(PEM + " -----BEGIN CERTIFICATE----- und 你好，世界 {\"a\":1}, \uD83D\uDE00 ");
        assertThat(out).hasToString("[redacted] -----BEGIN CERTIFICATE----- und 你好，世界 {\"a\":1}, \uD83D\uDE00 ");
    }

    @Test
    void a_short_secret_is_refused() {
        assertThatThrownBy(() -> Secrets.of(List.of("abc"))).hasMessageContaining("at least 6 characters");
    }

    /** However a text is cut into pieces, what comes out is the redacted whole. */
    @Property(tries = 2000)
    void pieces_are_redacted_like_the_whole(@ForAll("texts") String text, @ForAll("cuts") List<Integer> cuts) {
        StringBuilder out = new StringBuilder();
        SecretStream stream = secrets.stream(out::append);
        int from = 0;
        for (int i = 0; from < text.length(); i++) {
            int to = Math.min(text.length(), from + cuts.get(i % cuts.size()));
            stream.add(text.substring(from, to));
            assertThat(out.toString()).doesNotContain(PLAIN, SPACED);
            from = to;
        }
        stream.end();
        assertThat(out.toString()).isEqualTo(secrets.redact(text));
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of(
                        "a ",
                        "word",
                        "\n",
                        " ",
                        PLAIN,
                        SPACED,
                        "correct ",
                        "hunter",
                        "correct horse ",
                        PEM,
                        "-----BEGIN ",
                        "-----",
                        "sk-abcdefghijklmnopqrstuvw",
                        "sk-",
                        "é",
                        "x".repeat(30))
                .list()
                .ofMaxSize(12)
                .map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<List<Integer>> cuts() {
        return Arbitraries.integers().between(1, 15).list().ofMinSize(1).ofMaxSize(8);
    }

    /** The quick search finds what the pattern alone finds. */
    @Property(tries = 2_000)
    void the_search_agrees_with_the_pattern(@ForAll("pieced") String text) {
        assertThat(secrets.redact(text))
                .isEqualTo(secrets.pattern().matcher(text).replaceAll(Secrets.REDACTED));
    }

    @Provide
    Arbitrary<String> pieced() {
        return Arbitraries.of(
                        "sk-",
                        "ghp_",
                        "ghr_",
                        "github_pat_",
                        "AKIA",
                        "xoxb-",
                        "ar_",
                        "eyJ",
                        ".",
                        "_",
                        "-",
                        " ",
                        "\n",
                        "abcdefghijkl",
                        "0123456789012345",
                        "A",
                        "sk-sk-",
                        "ghp_abcdefghijklmnopqrstuvwxyz0123456789",
                        "AKIAIOSFODNN7EXAMPLE",
                        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dozjgNryP4J3jVmNHl0w5N",
                        PLAIN,
                        SPACED,
                        QUOTED,
                        "abcd`",
                        CYRILLIC,
                        "пар",
                        EMOJI,
                        "\uDE00",
                        "hunter2",
                        PEM,
                        "-----BEGIN RSA PRIVATE KEY-----",
                        "-----END PRIVATE KEY-----")
                .list()
                .ofMaxSize(30)
                .map(pieces -> String.join("", pieces));
    }
}
