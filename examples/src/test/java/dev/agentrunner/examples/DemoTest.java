package dev.agentrunner.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.examples.demo.Demo;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    @Test
    void takes_stock_of_a_directory_and_leaves_two_reports() throws Exception {
        Path directory = directoryOf(3);

        assertThat(demo("--workflow", "inventory-v1", "--data", data(), directory.toString()))
                .isZero();

        assertThat(text()).contains("RUN_COMPLETED").contains("\"files\":3");
        assertThat(artifact("REPORT.md")).startsWith("# Inventory of").contains("3 files");
        assertThat(artifact("inventory.json"))
                .contains("\"path\" : \"0.txt\"")
                .contains("5feceb66ffc86f38d952786c6d696c79c2dbc239dd4e91b46729d73a27fb57e9"); // of "0"
    }

    @Test
    void goes_on_after_the_process_was_killed() throws Exception {
        Path directory = directoryOf(12);

        assertThat(demo("--crash", "--workflow", "inventory-v1", "--data", data(), directory.toString()))
                .isZero();

        assertThat(text())
                .contains("killed with SIGKILL")
                .contains("RUN_RECOVERED")
                .contains("\"files\":12");
        String second = text().substring(text().indexOf("killed with SIGKILL"));
        for (int part = 0; part < 12; part++) {
            String completed = "STEP_COMPLETED       scan[" + part + "]/hash";
            assertThat(second.split(Pattern.quote(completed), -1)).as(completed).hasSize(2);
        }
    }

    /** With the Maven that is there, for real. */
    @Tag("once")
    @Test
    void plans_writes_and_tests_a_quarkus_project() throws Exception {
        assertThat(demo("--data", data())).as(text()).isZero();

        assertThat(text())
                .contains("RUN_COMPLETED        {\"tests\":6}")
                .contains("Tests run: 6, Failures: 0, Errors: 0, Skipped: 0");
        assertThat(artifact("PLAN.md")).startsWith("# Plan: book catalogue");
        assertThat(artifact("build.log")).contains("BUILD SUCCESS");
        assertThat(artifact("surefire-reports.txt")).contains("org.acme.catalogue.TracingTest");
        for (String archive : List.of("project.tar.gz", "surefire-reports.tar.gz")) {
            Process tar = new ProcessBuilder("tar", "-tzf", place(archive).toString())
                    .redirectOutput(folder.resolve(archive + ".txt").toFile())
                    .start();
            assertThat(tar.waitFor()).isZero();
        }
        assertThat(Files.readString(folder.resolve("project.tar.gz.txt")))
                .contains("./pom.xml")
                .doesNotContain("target/");
        assertThat(Files.readString(folder.resolve("surefire-reports.tar.gz.txt")))
                .contains(".xml");
    }

    /** In a process of its own, with a stand-in for Maven. */
    @Test
    void asks_the_planner_once_though_the_process_dies_while_the_coder_answers() throws Exception {
        Path bin = Files.createDirectory(folder.resolve("bin"));
        Path maven = bin.resolve("mvn");
        Files.writeString(
                maven,
                "#!/bin/sh\nmkdir -p target/surefire-reports\necho 'Tests run: 6' > target/surefire-reports/all.txt\n");
        assertThat(maven.toFile().setExecutable(true)).isTrue();
        ProcessBuilder process = new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.agentrunner.server.Main",
                "demo",
                "--crash",
                "--data",
                data());
        process.environment().put("AGENT_RUNNER_CASSETTE", "true");
        process.environment().merge("PATH", bin.toString(), (old, added) -> added + ":" + old);
        Path printed = folder.resolve("printed.txt");
        Process demo = process.redirectOutput(printed.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(demo.waitFor()).isZero();

        String[] parts = Files.readString(printed).split("killed with SIGKILL");
        assertThat(parts).hasSize(2);
        assertThat(parts[0]).contains("LLM_STARTED          planner").contains("LLM_STARTED          coder");
        assertThat(parts[1]).contains("RUN_RECOVERED", "RUN_COMPLETED        {\"tests\":6}");
        String after = parts[1].substring(parts[1].indexOf("RUN_RECOVERED"));
        assertThat(after).contains("LLM_STARTED          coder").doesNotContain("LLM_STARTED          planner");
    }

    @Test
    void says_what_is_wrong_with_its_arguments() throws Exception {
        assertThat(demo("--what")).isEqualTo(2);
        assertThat(demo("--data")).isEqualTo(2);
        assertThat(demo("--workflow", "inventory-v1", folder.resolve("nowhere").toString()))
                .isEqualTo(2);
        assertThat(demo("--workflow", "what")).isEqualTo(2);
        assertThat(demo(folder.toString())).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("Unknown option --what")
                .contains("--data needs a value")
                .contains("There is no directory")
                .contains("no workflow 'what'")
                .contains("Only inventory-v1 takes a directory")
                .contains("usage:");
    }

    private int demo(String... args) throws Exception {
        return Demo.main(
                List.of(args),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private String data() {
        return folder.resolve("store").toString();
    }

    private Path directoryOf(int files) throws Exception {
        Path directory = Files.createDirectory(folder.resolve("work"));
        for (int i = 0; i < files; i++) {
            Files.writeString(directory.resolve(i + ".txt"), Integer.toString(i));
        }
        return directory;
    }

    private String text() {
        return out.toString(StandardCharsets.UTF_8);
    }

    /** The contents of an artifact, found where the demo says it is. */
    private String artifact(String name) throws Exception {
        return Files.readString(place(name));
    }

    private Path place(String name) {
        Matcher line =
                Pattern.compile("  " + Pattern.quote(name) + " .* bytes  (.*)").matcher(text());
        assertThat(line.find()).isTrue();
        return Path.of(line.group(1));
    }
}
