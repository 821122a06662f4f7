package dev.agentrunner.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.client.RunHandle;
import dev.agentrunner.llm.scripted.Cassette;
import dev.agentrunner.llm.scripted.Interaction;
import dev.agentrunner.llm.scripted.Interaction.Chunk;
import dev.agentrunner.llm.scripted.Interaction.Ending;
import dev.agentrunner.llm.scripted.RecordingProvider;
import dev.agentrunner.spi.llm.ChatRequest;
import dev.agentrunner.spi.llm.Delta;
import dev.agentrunner.spi.model.RunStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The workflow {@code quarkus-bootstrap-v1} with a stand-in for Maven that fails while a mistake is in the project. */
class QuarkusBootstrapTest {

    private static final String MISTAKE = "io.opentelemetry.extension.annotations";

    /** So fast a model writes: a line in so many milliseconds. */
    private static final long PAUSE = 15;

    @TempDir
    Path folder;

    private String maven() throws Exception {
        Path script = folder.resolve("mvn");
        Files.writeString(script, """
                #!/bin/sh
                echo "building with $*"
                if grep -rq '%s' src/main; then echo 'package %s does not exist'; exit 1; fi
                mkdir -p target/surefire-reports
                echo 'Tests run: 5, Failures: 0' > target/surefire-reports/one.txt
                echo 'Tests run: 1, Failures: 0' > target/surefire-reports/two.txt
                """.formatted(MISTAKE, MISTAKE));
        assertThat(script.toFile().setExecutable(true)).isTrue();
        return "{\"maven\": [\"" + script + "\"]}";
    }

    @Test
    void a_project_that_builds_needs_one_round() throws Exception {
        Parrot model = new Parrot(QuarkusAnswers::good);
        try (WorkflowFiles files = new WorkflowFiles(folder, model)) {
            RunHandle run = files.submit("quarkus-bootstrap-v1", maven());

            assertThat(files.output(run)).isEqualTo("{\"tests\":6}");
            assertThat(model.asked).extracting(ChatRequest::model).containsExactly("gemma3:27b", "qwen3-coder:latest");
            assertThat(files.artifact(run, "PLAN.md")).isEqualTo(QuarkusAnswers.plan());
            assertThat(files.artifact(run, "build.log")).startsWith("building with -B -ntp test");
            assertThat(files.artifact(run, "surefire-reports.txt")).contains("Tests run: 5", "Tests run: 1");
            assertThat(unpacked(files.bytes(run, "project.tar.gz"))).isEqualTo(QuarkusAnswers.files());
            assertThat(files.steps(run)).contains("coder#2 llm SKIPPED", "maven_test#3 shell SKIPPED");
        }
    }

    @Test
    void a_failed_build_goes_back_to_the_coder() throws Exception {
        Parrot model = new Parrot(sayingAfterThePlan(QuarkusAnswers.brokenProject(), QuarkusAnswers.repair()));
        try (WorkflowFiles files = new WorkflowFiles(folder, model)) {
            RunHandle run = files.submit("quarkus-bootstrap-v1", maven());

            assertThat(files.output(run)).isEqualTo("{\"tests\":6}");
            assertThat(Parrot.prompt(model.asked.get(2))).contains("package " + MISTAKE + " does not exist");
            assertThat(files.steps(run)).contains("coder#2 llm COMPLETED", "coder#3 llm SKIPPED");
        }
    }

    @Test
    void three_failed_builds_end_the_run_with_the_log() throws Exception {
        String bad = QuarkusAnswers.brokenProject();
        Parrot model = new Parrot(sayingAfterThePlan(bad, bad, bad));
        try (WorkflowFiles files = new WorkflowFiles(folder, model)) {
            RunHandle run = files.submit("quarkus-bootstrap-v1", maven());

            assertThat(run.awaitEnd(WorkflowFiles.SOON)).isEqualTo(RunStatus.FAILED);
            assertThat(model.asked).hasSize(4);
            assertThat(files.log(run).get(files.log(run).size() - 1).payload().text())
                    .contains("exit_code", "does not exist");
        }
    }

    private static Function<ChatRequest, String> sayingAfterThePlan(String... answers) {
        List<String> left = new ArrayList<>(List.of(answers));
        return request -> request.model().startsWith("gemma") ? QuarkusAnswers.plan() : left.remove(0);
    }

    private List<String> unpacked(byte[] archive) throws Exception {
        Path there = Files.createDirectories(folder.resolve("unpacked"));
        Files.write(folder.resolve("project.tar.gz"), archive);
        Process tar = new ProcessBuilder(
                        "tar", "-xzf", folder.resolve("project.tar.gz").toString(), "-C", there.toString())
                .inheritIO()
                .start();
        assertThat(tar.waitFor()).isZero();
        try (var all = Files.walk(there)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> there.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    /** The demo's cassette answers what this workflow asks. {@code -Dcassette.write=true} writes it anew. */
    @Test
    void the_cassette_of_the_demo_fits_the_workflow() throws Exception {
        RecordingProvider recorder = new RecordingProvider(new Parrot(QuarkusAnswers::good));
        try (WorkflowFiles files = new WorkflowFiles(folder, recorder)) {
            files.output("quarkus-bootstrap-v1", maven());
        }
        Cassette wanted = new Cassette(recorder.cassette().interactions().stream()
                .map(QuarkusBootstrapTest::paced)
                .toList());
        Path committed = QuarkusAnswers.folder()
                .resolve("../../../main/resources/dev/agentrunner/examples/demo/quarkus-bootstrap-v1.cassette.json")
                .normalize();
        if (Boolean.getBoolean("cassette.write")) {
            Files.createDirectories(committed.getParent());
            wanted.write(committed);
        }

        assertThat(Cassette.read(committed)).isEqualTo(wanted);
    }

    private static Interaction paced(Interaction recorded) {
        String text = ((Delta.Text) recorded.chunks().get(0).delta()).text();
        List<Chunk> chunks = new ArrayList<>();
        for (String line : text.split("(?<=\n)")) {
            chunks.add(new Chunk(400 + PAUSE * chunks.size(), new Delta.Text(line)));
        }
        Ending ending = recorded.ending();
        return new Interaction(
                recorded.request(),
                chunks,
                new Ending(
                        400 + PAUSE * chunks.size(),
                        ending.model(),
                        ending.usage(),
                        ending.finishReason(),
                        ending.failure(),
                        ending.message()));
    }
}
