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

        assertThat(demo("--data", data(), directory.toString())).isZero();

        assertThat(text()).contains("RUN_COMPLETED").contains("\"files\":3");
        assertThat(artifact("REPORT.md")).startsWith("# Inventory of").contains("3 files");
        assertThat(artifact("inventory.json"))
                .contains("\"path\" : \"0.txt\"")
                .contains("5feceb66ffc86f38d952786c6d696c79c2dbc239dd4e91b46729d73a27fb57e9"); // of "0"
    }

    @Test
    void goes_on_after_the_process_was_killed() throws Exception {
        Path directory = directoryOf(12);

        assertThat(demo("--crash", "--data", data(), directory.toString())).isZero();

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

    @Test
    void says_what_is_wrong_with_its_arguments() throws Exception {
        assertThat(demo("--what")).isEqualTo(2);
        assertThat(demo("--data")).isEqualTo(2);
        assertThat(demo(folder.resolve("nowhere").toString())).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("Unknown option --what")
                .contains("--data needs a value")
                .contains("There is no directory")
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
        Matcher line =
                Pattern.compile("  " + Pattern.quote(name) + " .* bytes  (.*)").matcher(text());
        assertThat(line.find()).isTrue();
        return Files.readString(Path.of(line.group(1)));
    }
}
