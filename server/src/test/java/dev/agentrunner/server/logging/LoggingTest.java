package dev.agentrunner.server.logging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

@Isolated("replaces the standard error stream")
class LoggingTest {

    private final Logger log = LoggerFactory.getLogger("dev.agentrunner.some.Thing");
    private final PrintStream before = System.err;

    @AfterEach
    void restore() {
        System.setErr(before);
        Logging.configure("warn", Logging.Format.TEXT, Set.of());
    }

    @Test
    void a_json_line_is_one_object_with_what_was_said_beside_the_message() throws Exception {
        String line = logged(
                Logging.Format.JSON, () -> log.atInfo().addKeyValue("run", "r1").log("It has begun: {}", 1));

        JsonNode json = new ObjectMapper().readTree(line);
        assertThat(line.lines()).hasSize(1);
        assertThat(json.path("level").asText()).isEqualTo("INFO");
        assertThat(json.path("formattedMessage").asText()).isEqualTo("It has begun: 1");
        assertThat(json.path("kvpList").path(0).path("run").asText()).isEqualTo("r1");
    }

    @Test
    void a_line_of_text_has_it_too_and_what_is_too_detailed_is_left_out() {
        String lines = logged(Logging.Format.TEXT, () -> {
            log.atWarn().addKeyValue("run", "r1").log("Trouble");
            log.debug("not this");
        });

        assertThat(lines)
                .contains("WARN")
                .contains("Trouble")
                .contains("run=\"r1\"")
                .doesNotContain("not this");
    }

    @Test
    void secrets_never_appear_in_it() {
        String lines = logged(
                Logging.Format.TEXT, () -> log.error("It was {}", "hunter2-long", new Exception("hunter2-long")));

        assertThat(lines).doesNotContain("hunter2").contains("It was [redacted]");
    }

    private static String logged(Logging.Format format, Runnable saying) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        Logging.configure("info", format, Set.of("hunter2", "hunter2-long"));
        saying.run();
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
