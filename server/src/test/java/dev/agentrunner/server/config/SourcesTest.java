package dev.agentrunner.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SourcesTest {

    private final Map<String, String> flags = new HashMap<>();
    private final Map<String, String> environment = new HashMap<>();
    private final Properties system = new Properties();

    @TempDir
    Path folder;

    @Test
    void nothing_given_is_the_standard_of_each() {
        Configuration configuration = read();

        for (Setting setting : Setting.values()) {
            assertThat(configuration.text(setting)).isEqualTo(setting.standard());
            assertThat(configuration.origin(setting)).isEmpty();
        }
        assertThat(configuration.number(Setting.PORT)).isEqualTo(8080);
        assertThat(configuration.duration(Setting.LLM_HEARTBEAT)).isEqualTo(Duration.ofSeconds(15));
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    void flags_win_over_the_environment_that_over_the_file_that_over_the_launcher(Setting setting) throws Exception {
        if (setting == Setting.CONFIG) {
            return; // names the file itself
        }
        system.setProperty("agent-runner.default." + setting.key(), value(setting, 1));
        assertThat(read().text(setting)).isEqualTo(value(setting, 1));

        Path file = Files.writeString(folder.resolve("conf"), setting.key() + " = " + value(setting, 2) + "\n");
        environment.put("AGENT_RUNNER_CONFIG", file.toString());
        assertThat(read().text(setting)).isEqualTo(value(setting, 2));
        assertThat(read().origin(setting)).contains(file.toString());

        environment.put(setting.variable(), value(setting, 3));
        assertThat(read().text(setting)).isEqualTo(value(setting, 3));
        assertThat(read().origin(setting)).contains(setting.variable());

        flags.put(setting.flag().substring(2), setting.kind().secret() ? secret(value(setting, 4)) : value(setting, 4));
        assertThat(read().text(setting)).isEqualTo(value(setting, 4));
    }

    /** Four different values that fit. */
    private static String value(Setting setting, int number) {
        for (String text : new String[] {"secret-" + number, number + "s", Integer.toString(number)}) {
            if (setting.kind().fits().test(text)) {
                return text;
            }
        }
        String[] choices = setting.kind().about().replace("one of ", "").split(", ");
        return choices[number % choices.length];
    }

    private String secret(String value) throws Exception {
        return Files.writeString(folder.resolve("secret"), value + "\n").toString();
    }

    @Test
    void a_secret_comes_from_the_file_that_a_variable_names() throws Exception {
        environment.put("AGENT_RUNNER_DB_PASSWORD_FILE", secret("pa55word"));

        assertThat(read().text(Setting.DB_PASSWORD)).isEqualTo("pa55word");

        environment.put("AGENT_RUNNER_DB_PASSWORD", "other");
        assertRefused("AGENT_RUNNER_DB_PASSWORD and AGENT_RUNNER_DB_PASSWORD_FILE are set");

        environment.remove("AGENT_RUNNER_DB_PASSWORD");
        environment.put(
                "AGENT_RUNNER_DB_PASSWORD_FILE", folder.resolve("nothing").toString());
        assertRefused("nothing, which AGENT_RUNNER_DB_PASSWORD_FILE in the environment names, cannot be read");

        environment.put("AGENT_RUNNER_DB_PASSWORD_FILE", secret(" "));
        assertRefused("is empty");
    }

    @ParameterizedTest
    @CsvSource({
        "AGENT_RUNNER_PROT,      AGENT_RUNNER_PORT",
        "AGENT_RUNNER_WORKFLOW,  AGENT_RUNNER_WORKFLOWS",
        "AGENT_RUNNER_DB_PASS_FILE, AGENT_RUNNER_DB_PASSWORD_FILE",
        "AGENT_RUNNER_PORTS, AGENT_RUNNER_PORT"
    })
    void an_unknown_variable_is_refused_with_the_nearest_name(String given, String nearest) {
        environment.put(given, "1");

        assertRefused(given + " in the environment is no setting; did you mean " + nearest + "?");
    }

    @Test
    void an_unknown_key_in_a_file_is_refused_and_so_is_one_that_is_there_twice() throws Exception {
        Path file = folder.resolve("conf");
        flags.put("config", file.toString());

        Files.writeString(file, "prot = 1\n");
        assertRefused("prot in " + file + " is no setting; did you mean port?");

        Files.writeString(file, "port = 1\nport: 2\n");
        assertRefused("port is set twice in " + file);

        Files.writeString(file, "config = other\n");
        assertRefused("names another file");

        Files.delete(file);
        assertRefused("cannot be read");
    }

    @Test
    void what_other_programs_and_steps_are_told_is_left_alone() {
        environment.put("AGENT_RUNNER_MODEL_CODER", "ollama/x");
        environment.put("AGENT_RUNNER_RUN", "some run");
        environment.put("AGENT_RUNNER_CASSETTE", "true");
        environment.put("AGENTRUNNER", "x");

        assertThat(read().text(Setting.PORT)).isEqualTo("8080");
    }

    @Test
    void an_empty_variable_counts_as_not_given() {
        environment.put("AGENT_RUNNER_PORT", " ");

        assertThat(read().text(Setting.PORT)).isEqualTo("8080");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "AGENT_RUNNER_PORT          | 65536      | a number from 0 to 65535",
                "AGENT_RUNNER_PORT          | tcp://x:1  | a number from 0 to 65535",
                "AGENT_RUNNER_WORKERS       | -1         | a number",
                "AGENT_RUNNER_AUTH          | password   | one of none, keys",
                "AGENT_RUNNER_LLM_HEARTBEAT | 15         | a duration",
                "AGENT_RUNNER_LLM_HEARTBEAT | 0s         | a duration",
                "AGENT_RUNNER_LOG_FORMAT    | xml        | one of text, json"
            })
    void a_value_that_makes_no_sense_is_refused_and_says_what_would(String variable, String value, String expected) {
        environment.put(variable, value);

        assertRefused(variable + " in the environment is '" + value + "', but must be " + expected);
    }

    private void assertRefused(String message) {
        assertThatThrownBy(this::read)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(message)
                .message()
                .doesNotContain("\n");
    }

    private Configuration read() {
        return Sources.of(flags, environment, system).read();
    }
}
