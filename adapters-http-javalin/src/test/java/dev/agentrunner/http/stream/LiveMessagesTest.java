package dev.agentrunner.http.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.agentrunner.live.LiveEvent;
import dev.agentrunner.memory.InMemoryStore;
import dev.agentrunner.spi.llm.Delta;
import dev.agentrunner.spi.model.Event;
import dev.agentrunner.spi.model.EventType;
import dev.agentrunner.spi.model.RunStatus;
import dev.agentrunner.spi.model.StepId;
import dev.agentrunner.spi.queue.Claim;
import dev.agentrunner.tck.fixture.Ids;
import dev.agentrunner.tck.fixture.Runs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // reading cannot be interrupted
class LiveMessagesTest {

    private final InMemoryStore store = new InMemoryStore();
    private final Runs runs = new Runs(store);
    private final StreamServer server = StreamServer.start(store);
    private final Claim claim = runs.running(Ids.node());

    @AfterEach
    void stop() {
        server.close();
    }

    private LiveEvent text(String step, int attempt, String text) {
        return new LiveEvent.Answering(claim.run(), new StepId(step), attempt, "fake/model", new Delta.Text(text));
    }

    @Test
    void what_a_model_says_and_a_command_shows_comes_with_a_name_and_without_an_id() throws Exception {
        try (Sse stream = Sse.open(server.stream(claim.run()))) {
            stream.next(2);
            StepId step = new StepId("draft");
            server.live.tell(text("draft", 1, "Grüße,\r\n\"Welt\"\u2028"));
            server.live.tell(new LiveEvent.Answering(claim.run(), step, 1, "fake/model", new Delta.Thinking("hm")));
            server.live.tell(new LiveEvent.Answering(claim.run(), step, 1, "fake/model", new Delta.Opened()));
            server.live.tell(new LiveEvent.Showing(claim.run(), step, 2, "stdout", "id: 9\n\ndata: x"));
            server.live.tell(new LiveEvent.Showing(Ids.run(), step, 2, "stdout", "of another run"));
            runs.appended(runs.finishing(claim, RunStatus.COMPLETED));

            List<Frame> seen = stream.rest();

            assertThat(seen).extracting(Frame::id).containsExactly("", "", "", "3", "");
            assertThat(seen)
                    .extracting(Frame::name)
                    .containsExactly("llm.delta", "llm.delta", "step.output", "", "end");
            String run = claim.run().toString();
            assertThat(json(seen.get(0)))
                    .isEqualTo(Map.of(
                            "run_id", run,
                            "step_id", "draft",
                            "attempt", 1,
                            "model", "fake/model",
                            "text", "Grüße,\r\n\"Welt\"\u2028",
                            "kind", "text"));
            assertThat(json(seen.get(1))).containsEntry("kind", "thinking").containsEntry("text", "hm");
            assertThat(json(seen.get(2)))
                    .isEqualTo(Map.of(
                            "run_id", run,
                            "step_id", "draft",
                            "attempt", 2,
                            "stream", "stdout",
                            "text", "id: 9\n\ndata: x"));
        }
    }

    private static Map<String, Object> json(Frame frame) throws Exception {
        return new ObjectMapper().readValue(frame.data(), new TypeReference<>() {});
    }

    @Test
    void a_heartbeat_says_how_far_a_generation_is() {
        LiveEvent.Beat beat = new LiveEvent.Beat("thinking", Duration.ofMillis(1_500), Duration.ofMillis(20), 7);
        LiveMessage message = LiveMessage.of(
                        new LiveEvent.Beating(claim.run(), new StepId("draft"), 3, "fake/model", beat))
                .orElseThrow();

        assertThat(message.name()).isEqualTo("llm.heartbeat");
        assertThat(message.json())
                .isEqualTo("{\"run_id\":\"" + claim.run() + "\",\"step_id\":\"draft\",\"attempt\":3,"
                        + "\"model\":\"fake/model\",\"phase\":\"thinking\",\"elapsed_ms\":1500,\"idle_ms\":20,"
                        + "\"chunks\":7}");
    }

    @Test
    void nothing_of_a_step_comes_after_its_end_and_nothing_is_missing_before_it() throws Exception {
        int steps = 50;
        try (Sse stream = Sse.open(server.stream(claim.run()))) {
            stream.next(2);
            for (int i = 0; i < steps; i++) {
                String step = "s#" + i;
                runs.appended(runs.holding(claim).stepEvent(EventType.STEP_STARTED, step, "{}"));
                server.live.tell(text(step, 1, "a"));
                runs.appended(runs.holding(claim).stepEvent(EventType.STEP_ATTEMPT_FAILED, step, "{\"attempt\":1}"));
                server.live.tell(text(step, 1, "too late"));
                server.live.tell(text(step, 2, "b"));
                server.live.tell(text(step, 2, "c"));
                runs.appended(runs.holding(claim).stepEvent(EventType.STEP_COMPLETED, step, "{}"));
                server.live.tell(text(step, 2, "too late"));
            }
            runs.appended(runs.finishing(claim, RunStatus.COMPLETED));

            List<String> story = new ArrayList<>();
            for (Frame frame : stream.rest()) {
                Map<String, Object> json = json(frame);
                story.add(
                        frame.name().equals("llm.delta")
                                ? json.get("step_id") + " " + json.get("text")
                                : json.get("step_id") + " " + json.get("type"));
            }
            for (int i = 0; i < steps; i++) {
                String step = "s#" + i + " ";
                List<String> ofStep =
                        story.stream().filter(line -> line.startsWith(step)).toList();
                assertThat(ofStep.indexOf(step + "a")).isBetween(0, ofStep.indexOf(step + "STEP_ATTEMPT_FAILED"));
                assertThat(ofStep.indexOf(step + "c")).isBetween(1, ofStep.indexOf(step + "STEP_COMPLETED"));
                assertThat(ofStep.indexOf(step + "b")).isLessThan(ofStep.indexOf(step + "c"));
                assertThat(ofStep)
                        .hasSize(6
                                + (int) ofStep.stream()
                                        .filter(x -> x.endsWith("too late"))
                                        .count());
            }
        }
    }

    @Test
    void what_waits_for_a_client_is_bounded_in_number_and_in_size() {
        LiveQueue queue = new LiveQueue(3);
        for (String text : List.of("1", "2", "3", "4")) {
            queue.offer(message(text));
        }
        assertThat(queue.all()).extracting(LiveMessage::json).containsExactly("1", "2", "3");

        String large = "x".repeat(200 << 10);
        assertThat(queue.offer(message(large))).isTrue();
        assertThat(queue.offer(message(large))).isFalse();
        assertThat(queue.all()).hasSize(1);
        assertThat(queue.offer(message(large))).isTrue();
    }

    @Test
    void what_waits_goes_out_before_the_end_of_its_step_and_what_comes_later_is_dropped() {
        LiveQueue queue = new LiveQueue(10);
        runs.appended(runs.holding(claim).stepEvent(EventType.STEP_COMPLETED, "a", "{}"));
        Event end = store.log().read(claim.run(), 2, 1).get(0);
        queue.offer(message("one"));
        queue.offer(new LiveMessage(new StepId("b"), 1, "llm.delta", "other"));

        assertThat(queue.before(end)).extracting(LiveMessage::json).containsExactly("one");
        assertThat(queue.offer(message("two"))).isFalse();
        assertThat(queue.all()).extracting(LiveMessage::json).containsExactly("other");
    }

    private static LiveMessage message(String json) {
        return new LiveMessage(new StepId("a"), 1, "llm.delta", json);
    }
}
