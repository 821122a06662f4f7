package dev.agentrunner.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("once")
class ExamplesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "retry        | at attempt 3",
                "approval     | published: looks good",
                "sleep        | 1000 runs slept at once",
                "parallel-map | longest 6, all 13",
                "child-runs   | = 30",
                "cancel       | was canceled: enough",
                "fork         | printed HELLO",
                "two-nodes    | 200 runs",
            })
    void each_example_shows_its_feature(String name, String expected) throws Exception {
        ByteArrayOutputStream text = new ByteArrayOutputStream();

        Example.all().get(name).run(new PrintStream(text, true, StandardCharsets.UTF_8));

        assertThat(text.toString(StandardCharsets.UTF_8)).contains(expected);
    }

    @Test
    void every_example_is_tested_here() {
        Map<String, Example> all = Example.all();

        assertThat(all.keySet())
                .containsExactly(
                        "retry", "approval", "sleep", "parallel-map", "child-runs", "cancel", "fork", "two-nodes");
        assertThat(all.values()).allSatisfy(each -> assertThat(each.about()).isNotBlank());
    }
}
