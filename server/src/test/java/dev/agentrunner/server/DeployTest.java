package dev.agentrunner.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.agentrunner.server.config.Setting;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be seen of the files for deployment without a container engine. */
class DeployTest {

    private static final Path DEPLOY = Path.of("..", "deploy");

    @ParameterizedTest
    @ValueSource(strings = {"Dockerfile", "compose.yaml", "agent-runner.service"})
    void only_settings_that_exist_are_given(String file) throws Exception {
        String text = Files.readString(DEPLOY.resolve(file));
        Set<String> variables = found("(?<![A-Z_])(AGENT_RUNNER_[A-Z_]+|OLLAMA_HOST)", text);
        Set<String> defaults = found("-Dagent-runner\\.default\\.([a-z-]+)=", text);

        Set<String> known = Arrays.stream(Setting.values())
                .flatMap(setting -> setting.kind().secret()
                        ? List.of(setting.variable(), setting.variable() + "_FILE").stream()
                        : List.of(setting.variable()).stream())
                .collect(Collectors.toSet());
        assertThat(known).containsAll(variables);
        assertThat(Arrays.stream(Setting.values()).map(Setting::key)).containsAll(defaults);
        assertThat(variables.size() + defaults.size()).isPositive();
    }

    private static Set<String> found(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map((MatchResult each) -> each.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void what_compose_mounts_is_declared() throws Exception {
        JsonNode compose =
                new YAMLMapper().readTree(DEPLOY.resolve("compose.yaml").toFile());

        assertThat(compose.path("services").fieldNames()).toIterable().containsExactly("runner", "postgres", "ollama");
        for (JsonNode service : compose.path("services")) {
            for (JsonNode volume : service.path("volumes")) {
                String source = volume.asText().split(":")[0];
                assertThat(source.startsWith(".") || compose.path("volumes").has(source))
                        .as(source)
                        .isTrue();
            }
            service.path("secrets")
                    .forEach(secret -> assertThat(compose.path("secrets").has(secret.asText()))
                            .isTrue());
        }
        assertThat(compose.at("/services/runner/build/dockerfile").asText()).isEqualTo("deploy/Dockerfile");
    }

    @Test
    void the_dockerfile_is_made_of_instructions_and_copies_what_the_build_makes() throws Exception {
        String text = Files.readString(DEPLOY.resolve("Dockerfile")).replaceAll("\\\\\n", " ");
        List<String> lines = text.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();

        assertThat(lines)
                .allSatisfy(line ->
                        assertThat(line).matches("(FROM|WORKDIR|COPY|RUN|USER|VOLUME|EXPOSE|ENTRYPOINT|CMD) .+"));
        assertThat(lines.get(0)).startsWith("FROM ");
        assertThat(text).contains("server/target/agent-runner-server.jar").contains("\nUSER agent-runner\n");
        String entrypoint = lines.stream()
                .filter(line -> line.startsWith("ENTRYPOINT "))
                .findFirst()
                .orElseThrow();
        assertThat(new YAMLMapper()
                        .readTree(entrypoint.substring("ENTRYPOINT ".length()))
                        .isArray())
                .isTrue();
        assertThat(Files.readString(Path.of("pom.xml"))).contains("<finalName>agent-runner-server</finalName>");
    }

    @Test
    void systemd_accepts_the_unit() throws Exception {
        assumeTrue(
                isInstalled("systemd-analyze") && Files.isExecutable(Path.of("/usr/bin/java")), "systemd is installed");
        Process analyze = new ProcessBuilder(
                        "systemd-analyze",
                        "verify",
                        DEPLOY.resolve("agent-runner.service").toString())
                .redirectErrorStream(true)
                .start();

        assertThat(new String(analyze.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .doesNotContain("agent-runner.service:");
        assertThat(analyze.waitFor()).isZero();
    }

    private static boolean isInstalled(String program) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
