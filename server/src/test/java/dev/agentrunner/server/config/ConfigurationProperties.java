package dev.agentrunner.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

class ConfigurationProperties {

    @Property(tries = 200)
    void no_secret_is_ever_shown(
            @ForAll @CharRange(from = '!', to = '~') @StringLength(min = 6, max = 40) String password) {
        Configuration configuration = read(Map.of(
                "AGENT_RUNNER_DB_PASSWORD", "<" + password + ">",
                "AGENT_RUNNER_KEY", "[" + password + "]",
                "AGENT_RUNNER_DB_URL",
                        "jdbc:postgresql://u:x" + password.replaceAll("[/@]", "") + "@h/d?user=u&password=Zq"
                                + password.replaceAll("[&;]", "") + "&ssl=true"));

        assertThat(configuration.shown())
                .doesNotContain("<" + password, "[" + password, ":x" + password.replaceAll("[/@]", ""))
                .doesNotContain("=Zq")
                .contains("db-password = [redacted]", "&ssl=true", "# AGENT_RUNNER_KEY in the environment");
    }

    @Example
    void what_is_shown_can_be_read_as_a_file() throws Exception {
        Properties shown = new Properties();
        shown.load(new StringReader(
                read(Map.of("AGENT_RUNNER_PORT", "9", "OLLAMA_HOST", "h:1")).shown()));

        assertThat(shown)
                .containsEntry("port", "9")
                .containsEntry("ollama-host", "h:1")
                .containsEntry("data", "data")
                .hasSize(Setting.values().length - 1);
    }

    @Property
    void durations_are_what_they_say(@ForAll @IntRange(min = 1, max = 1_000_000) int count) {
        assertThat(Kind.duration(count + "ms")).isEqualTo(Duration.ofMillis(count));
        assertThat(Kind.duration(count + " s")).isEqualTo(Duration.ofSeconds(count));
        assertThat(Kind.duration(count + "m")).isEqualTo(Duration.ofMinutes(count));
        assertThat(Kind.duration(count + "h")).isEqualTo(Duration.ofHours(count));
        assertThat(Kind.duration(count + "d")).isEqualTo(Duration.ofDays(count));
        assertThatThrownBy(() -> Kind.duration(count + "w")).isInstanceOf(IllegalArgumentException.class);
    }

    @Property
    void distances_are_a_metric(
            @ForAll @AlphaChars @StringLength(max = 8) String a,
            @ForAll @AlphaChars @StringLength(max = 8) String b,
            @ForAll @AlphaChars @StringLength(max = 8) String c) {
        assertThat(Nearest.distance(a, a)).isZero();
        assertThat(Nearest.distance(a, b)).isEqualTo(Nearest.distance(b, a));
        assertThat(Nearest.distance(a, c)).isLessThanOrEqualTo(Nearest.distance(a, b) + Nearest.distance(b, c));
        assertThat(Nearest.distance(a, a + b)).isEqualTo(b.length());
    }

    @Property
    void a_name_is_nearest_to_itself(
            @ForAll @Size(min = 1, max = 5) List<@AlphaChars @StringLength(min = 1) String> names) {
        assertThat(Nearest.to(names.get(0), names)).contains(names.get(0));
    }

    @Example
    void secrets_are_values_by_their_names_and_those_that_are_named() {
        Configuration configuration = read(Map.of(
                "SOME_API_KEY", "key-123456",
                "SHORT_TOKEN", "abc",
                "MY_PIN", "987654",
                "AGENT_RUNNER_SECRETS", "MY_PIN",
                "AGENT_RUNNER_DB_PASSWORD", "database",
                "PATH", "/usr/bin"));

        assertThat(configuration.secrets()).containsExactlyInAnyOrder("key-123456", "987654", "database");
    }

    @Example
    void a_secret_that_is_named_must_be_there() {
        assertThatThrownBy(() -> read(Map.of("AGENT_RUNNER_SECRETS", "MY_PIN")).secrets())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("MY_PIN");
    }

    private static Configuration read(Map<String, String> environment) {
        return Sources.of(Map.of(), new HashMap<>(environment), new Properties())
                .read();
    }
}
