package dev.agentrunner.http.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.agentrunner.spi.model.Actor;
import dev.agentrunner.spi.model.Event;
import dev.agentrunner.spi.model.EventType;
import dev.agentrunner.spi.model.Json;
import dev.agentrunner.spi.model.NewEvent;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.StepId;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class EventJsonTest {

    private static final RunId RUN = RunId.parse("01936b2e-7c00-7000-8000-000000000001");

    @Test
    void an_event_shows_all_its_fields_and_its_payload_as_it_is() {
        NewEvent fact = new NewEvent(
                EventType.STEP_STARTED, new StepId("a/b#2"), new Json("{\"n\":1.50,  \"s\":\"é\"}"), Actor.SYSTEM);

        assertThat(EventJson.of(new Event(7, RUN, 3, fact, Instant.parse("2030-01-01T12:00:00Z"))))
                .isEqualTo("{\"id\":7,\"run_id\":\"01936b2e-7c00-7000-8000-000000000001\",\"seq\":3,"
                        + "\"type\":\"STEP_STARTED\",\"step_id\":\"a/b#2\",\"payload\":{\"n\":1.50,  \"s\":\"é\"},"
                        + "\"actor\":\"system\",\"created_at\":\"2030-01-01T12:00:00.000Z\"}");
    }

    @Test
    void texts_that_need_it_are_escaped_and_an_absent_step_is_left_out() throws Exception {
        NewEvent fact = new NewEvent(new EventType("x.\"\r\n\\"), null, Json.EMPTY, Actor.user("Ann \"the\nfirst\""));

        JsonNode json = new ObjectMapper()
                .readTree(EventJson.of(new Event(1, RUN, 1, fact, Instant.parse("2030-01-01T12:00:00.120Z"))));

        assertThat(json.path("type").asText()).isEqualTo("x.\"\r\n\\");
        assertThat(json.path("actor").asText()).isEqualTo("user:Ann \"the\nfirst\"");
        assertThat(json.path("created_at").asText()).isEqualTo("2030-01-01T12:00:00.120Z");
        assertThat(json.has("step_id")).isFalse();
    }
}
