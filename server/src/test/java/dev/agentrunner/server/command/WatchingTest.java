package dev.agentrunner.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentrunner.server.terminal.Terminal;
import dev.agentrunner.spi.model.Json;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** What somebody sees who waits for a model. */
class WatchingTest {

    private static final String CLEAR = "\r\u001b[K";

    private final ByteArrayOutputStream seen = new ByteArrayOutputStream();

    @Test
    void a_terminal_shows_how_far_a_model_is_and_then_what_it_says() {
        Watching watching = watching(true);

        watching.live("llm.heartbeat", json("{'step_id':'draft','phase':'loading','elapsed_ms':1500}"));
        watching.live("llm.delta", json("{'step_id':'draft','text':'Hel'}"));
        watching.live("llm.heartbeat", json("{'step_id':'draft','phase':'generating','elapsed_ms':2500}"));
        watching.live("llm.delta", json("{'step_id':'draft','text':'lo\\u001b[2J'}"));
        watching.live("step.output", json("{'step_id':'build','text':'BUILD SUCCESS\\n'}"));
        watching.event(json("{'seq':4,'type':'STEP_COMPLETED','step_id':'draft','payload':{},"
                + "'created_at':'2026-01-02T03:04:05.678Z'}"));

        assertThat(seen.toString(StandardCharsets.UTF_8))
                .isEqualTo(CLEAR + "draft: loading, 1.5 s" + CLEAR + "draft: … Hel" + CLEAR + "draft: … Hello�[2J"
                        + CLEAR + "build: BUILD SUCCESS" + CLEAR + "   4  03:04:05.678  STEP_COMPLETED       draft\n");
    }

    @Test
    void elsewhere_only_events_are_shown() {
        Watching watching = watching(false);

        watching.live("llm.delta", json("{'step_id':'draft','text':'Hel'}"));

        assertThat(seen.size()).isZero();
    }

    private Watching watching(boolean interactive) {
        PrintStream stream = new PrintStream(seen, true, StandardCharsets.UTF_8);
        return new Watching(new Session(
                new Terminal(stream, stream, interactive, false),
                new Session.Surroundings(Map.of(), new Properties(), ZoneOffset.UTC, InputStream.nullInputStream()),
                List.of()));
    }

    private static JsonNode json(String text) {
        return Json.parse(text.replace('\'', '"')).tree();
    }
}
