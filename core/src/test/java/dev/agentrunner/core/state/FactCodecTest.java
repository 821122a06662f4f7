package dev.agentrunner.core.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentrunner.spi.model.Actor;
import dev.agentrunner.spi.model.Event;
import dev.agentrunner.spi.model.EventType;
import dev.agentrunner.spi.model.Json;
import dev.agentrunner.spi.model.NewEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written can be read, whatever it holds; what cannot be read says why. */
class FactCodecTest {

    private static final ObjectMapper TREES = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(10_000)
                    .maxNumberLength(10_000)
                    .build())
            .build());

    /** Fields that may be missing, by type; every other field must be there. */
    private static final Map<EventType, Set<String>> OPTIONAL = Map.ofEntries(
            Map.entry(
                    EventType.RUN_QUEUED,
                    Set.of(
                            "name",
                            "labels",
                            "parent_run_id",
                            "forked_from",
                            "fork_step",
                            "idempotency_key",
                            "deadline",
                            "models",
                            "depth",
                            "definition")),
            Map.entry(EventType.RUN_SIGNALED, Set.of("by")),
            Map.entry(EventType.WORKSPACE_CHANGED, Set.of("added", "modified", "removed")),
            Map.entry(EventType.RUN_RECOVERED, Set.of("previous_node")),
            Map.entry(EventType.LLM_STARTED, Set.of("scripted")),
            Map.entry(EventType.LLM_COMPLETED, Set.of("cost_usd")),
            Map.entry(EventType.RUN_SUSPENDED, Set.of("wake_at", "signals", "reason")),
            Map.entry(EventType.RUN_PAUSE_REQUESTED, Set.of("reason")),
            Map.entry(EventType.RUN_UNPAUSED, Set.of("reason")),
            Map.entry(EventType.RUN_CANCEL_REQUESTED, Set.of("reason", "force")),
            Map.entry(EventType.RUN_CANCELED, Set.of("reason")),
            Map.entry(
                    EventType.STEP_STARTED, Set.of("at_most_once", "signal", "wake_at", "child_run_id", "signal_seq")),
            Map.entry(EventType.STEP_ATTEMPT_FAILED, Set.of("retry_at")),
            Map.entry(EventType.STEP_COMPLETED, Set.of("signal_seq")),
            Map.entry(EventType.STEP_CANCELED, Set.of("reason")),
            Map.entry(EventType.STEP_SKIPPED, Set.of("reason")));

    /** Fields that hold any JSON value. */
    private static final Set<String> ANY_VALUE = Set.of("input", "payload", "output", "result");

    @Provide
    Arbitrary<Fact> facts() {
        return HostileFacts.all();
    }

    @Tag("random")
    @Property(tries = 2000)
    void every_fact_is_read_back_as_it_was_and_can_be_stored_as_utf_8(@ForAll("facts") Fact fact) {
        Event event = Samples.event(4, fact);
        String text = event.payload().text();
        assertThat(FactCodec.decode(event)).isEqualTo(fact);
        assertThat(new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                .isEqualTo(text);
        assertThat(text).doesNotContain("\0");
        assertThat(event.type()).isEqualTo(fact.type());
        assertThat(event.step()).isEqualTo(fact.step());
    }

    @Tag("random")
    @Property(tries = 300)
    void fields_that_nobody_knows_are_ignored_wherever_they_stand(@ForAll("facts") Fact fact) throws Exception {
        Event event = Samples.event(4, fact);
        if (fact instanceof Note.Other) {
            return;
        }
        String unknown = "\"zz_new\":{\"epoch\":[\"}\",1e999],\"node\":null},\"zz\":-0.0";
        String fields =
                event.payload().text().substring(1, event.payload().text().length() - 1);
        String separator = fields.isEmpty() ? "" : ",";
        assertThat(decode(event, "{" + unknown + separator + fields + "}")).isEqualTo(fact);
        assertThat(decode(event, " { " + fields + separator + unknown + " } ")).isEqualTo(fact);
    }

    static Stream<String> jsons() {
        return HostileFacts.JSONS.stream();
    }

    @ParameterizedTest
    @MethodSource("jsons")
    void json_values_keep_every_character(String text) throws Exception {
        Json json = new Json(text);
        Event event = Samples.event(1, new StepFact.Completed(Samples.A, Value.inline(json), 1, null));
        assertThat(event.payload().text()).isEqualTo("{\"result\":" + json.text() + ",\"duration_ms\":1}");
        assertThat(((StepFact.Completed) FactCodec.decode(event)).result().inline())
                .isEqualTo(json);
        assertThat(TREES.readTree(event.payload().text()).get("result")).isEqualTo(TREES.readTree(json.text()));
    }

    @Test
    void a_type_that_nobody_knows_becomes_a_note() {
        for (String name : List.of("LLM_DREAMT", "x.mine", "RUN_TELEPORTED")) {
            NewEvent unknown = new NewEvent(new EventType(name), Samples.A, new Json("[1]"), Actor.SYSTEM);
            Fact note = FactCodec.decode(Samples.event(3, unknown));
            assertThat(note).isEqualTo(new Note.Other(new EventType(name), Samples.A, new Json("[1]")));
            assertThat(FactCodec.encode(note, Actor.SYSTEM)).isEqualTo(unknown);
        }
    }

    @Test
    void a_note_cannot_pass_for_an_event_of_the_engine() {
        for (Fact fact : Samples.facts()) {
            if (fact instanceof Note.Other) {
                continue;
            }
            assertThatThrownBy(() -> new Note.Other(fact.type(), null, Json.EMPTY))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(fact.type() + " is an event type of the engine");
        }
    }

    static Stream<Arguments> fields() throws Exception {
        List<Arguments> all = new ArrayList<>();
        for (Fact fact : Samples.facts()) {
            if (!(fact instanceof Note.Other)) {
                Event event = Samples.event(4, fact);
                event.payload().tree().fieldNames().forEachRemaining(field -> all.add(Arguments.of(event, field)));
            }
        }
        return all.stream();
    }

    @ParameterizedTest(name = "{0} without {1}")
    @MethodSource("fields")
    void a_field_is_optional_or_its_absence_is_told(Event event, String field) {
        ObjectNode payload = (ObjectNode) event.payload().tree();
        payload.remove(field);
        if (OPTIONAL.getOrDefault(event.type(), Set.of()).contains(field)) {
            Fact read = decode(event, payload.toString());
            JsonNode left =
                    FactCodec.encode(read, Actor.SYSTEM).payload().tree().path(field);
            assertThat(left.isMissingNode() || left.isEmpty())
                    .as("%s stays absent", field)
                    .isTrue();
        } else {
            String missing = field.replace("result_ref", "result");
            assertThatThrownBy(() -> decode(event, payload.toString()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("Event 4 of run " + Samples.RUN + " is no readable " + event.type() + ": the field '"
                            + missing + "' is missing. It was written by something else than this engine, or changed"
                            + " since");
        }
    }

    @ParameterizedTest(name = "{0} with another {1}")
    @MethodSource("fields")
    void a_field_of_the_wrong_shape_is_told(Event event, String field) throws Exception {
        if (ANY_VALUE.contains(field)) {
            return;
        }
        for (String wrong : List.of("[{}]", "{\"x\":1}", "1.5", "99999999999999999999", "\"wrong\"", "true")) {
            JsonNode right = event.payload().tree().get(field);
            JsonNode other = TREES.readTree(wrong);
            if (field.equals("cost_usd") && other.isNumber()) {
                continue;
            }
            if (right.getNodeType() == other.getNodeType() && !wrong.contains("9999") && !wrong.equals("1.5")) {
                continue;
            }
            ObjectNode payload = (ObjectNode) event.payload().tree();
            payload.set(field, other);
            assertThatThrownBy(() -> decode(event, payload.toString()))
                    .as("%s for %s", wrong, field)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("Event 4 of run " + Samples.RUN + " is no readable " + event.type() + ": ");
        }
    }

    @ParameterizedTest
    @MethodSource("brokenPayloads")
    void a_payload_that_is_no_object_is_told(String payload, String reason) {
        Event event = Samples.event(4, new RunFact.Unpaused(null));
        assertThatThrownBy(() -> decode(event, payload))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is no readable RUN_UNPAUSED: " + reason);
    }

    static Stream<Arguments> brokenPayloads() {
        return Stream.of(
                Arguments.of("", "the payload is not a JSON object"),
                Arguments.of("[]", "the payload is not a JSON object"),
                Arguments.of("null", "the payload is not a JSON object"),
                Arguments.of("{} {}", "the payload has something after its end"),
                Arguments.of("{", "the payload is not JSON: Unexpected end-of-input"),
                Arguments.of("{oops", "the payload is not JSON: "),
                Arguments.of("{\"reason\":1}", "the field 'reason' is not a text"));
    }

    @Test
    void a_number_that_does_not_fit_is_told() {
        Event event = Samples.event(4, new RunFact.Recovered(Samples.N1, 1, null, 1));
        String payload = "{\"node\":\"n\",\"epoch\":%s,\"recoveries\":%s}";
        assertThatThrownBy(() -> decode(event, payload.formatted("9223372036854775808", "1")))
                .hasMessageContaining("the field 'epoch' is too large: 9223372036854775808");
        assertThatThrownBy(() -> decode(event, payload.formatted("1", "2147483648")))
                .hasMessageContaining("the field 'recoveries' is too large: 2147483648");
        assertThatThrownBy(() -> decode(event, payload.formatted("1.5", "1")))
                .hasMessageContaining("the field 'epoch' is not a whole number");
    }

    @Test
    void a_flag_that_is_no_flag_and_a_moment_that_is_none_are_told() {
        assertThatThrownBy(
                        () -> decode(Samples.event(4, new RunFact.CancelRequested(null, true)), "{\"force\":\"no\"}"))
                .hasMessageContaining("the field 'force' is neither true nor false");
        assertThat(decode(Samples.event(4, new RunFact.CancelRequested(null, true)), "{\"force\":false}"))
                .isEqualTo(new RunFact.CancelRequested(null, false));
        assertThatThrownBy(() -> decode(
                        Samples.event(4, Samples.facts().get(3)), "{\"waiting\":\"TIMER\",\"wake_at\":\"yesterday\"}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("yesterday");
    }

    @Test
    void a_step_event_without_its_step_is_told() {
        for (Fact fact : Samples.facts()) {
            if (fact instanceof StepFact) {
                NewEvent whole = FactCodec.encode(fact, Actor.SYSTEM);
                NewEvent lacking = new NewEvent(whole.type(), null, whole.payload(), whole.actor());
                assertThatThrownBy(() -> FactCodec.decode(Samples.event(4, lacking)))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining(fact.type() + ": it names no step");
            }
        }
    }

    @Test
    void samples_have_every_type_that_is_known() {
        assertThat(Samples.facts().stream().map(Fact::type).collect(Collectors.toSet()))
                .containsAll(OPTIONAL.keySet())
                .hasSize(26);
    }

    private static Fact decode(Event event, String payload) {
        NewEvent changed = new NewEvent(event.type(), event.step(), new Json(payload), event.actor());
        return FactCodec.decode(Samples.event(event.seq(), changed));
    }
}
