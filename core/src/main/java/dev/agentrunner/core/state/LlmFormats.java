package dev.agentrunner.core.state;

import static dev.agentrunner.core.state.FactFormat.step;

import dev.agentrunner.spi.llm.Usage;
import dev.agentrunner.spi.model.EventType;
import java.util.List;

/** The payloads of what generations tell. */
final class LlmFormats {

    static final List<FactFormat<?>> ALL = List.of(
            step(
                    EventType.LLM_STARTED,
                    LlmNote.Started.class,
                    (fact, out) -> out.put("provider", fact.provider())
                            .put("model", fact.model())
                            .put("attempt", fact.attempt())
                            .flag("scripted", fact.scripted()),
                    (step, in) -> new LlmNote.Started(
                            step, in.text("provider"), in.text("model"), in.count("attempt"), in.flag("scripted"))),
            step(
                    EventType.LLM_HEARTBEAT,
                    LlmNote.Heartbeat.class,
                    (fact, out) -> out.put("elapsed_ms", fact.elapsedMs())
                            .put("phase", fact.phase())
                            .put("chunks", fact.chunks())
                            .put("idle_ms", fact.idleMs()),
                    (step, in) -> new LlmNote.Heartbeat(
                            step,
                            in.number("elapsed_ms"),
                            in.text("phase"),
                            in.number("chunks"),
                            in.number("idle_ms"))),
            step(
                    EventType.LLM_COMPLETED,
                    LlmNote.Completed.class,
                    (fact, out) -> out.put("provider", fact.provider())
                            .put("model", fact.model())
                            .object(
                                    "usage",
                                    usage -> usage.put(
                                                    "input_tokens", fact.usage().inputTokens())
                                            .put("output_tokens", fact.usage().outputTokens()))
                            .put("finish_reason", fact.finishReason())
                            .put("duration_ms", fact.durationMs())
                            .amount("cost_usd", fact.costUsd()),
                    (step, in) -> new LlmNote.Completed(
                            step,
                            in.text("provider"),
                            in.text("model"),
                            usage(in.object("usage")),
                            in.text("finish_reason"),
                            in.number("duration_ms"),
                            in.amount("cost_usd"))),
            step(
                    EventType.LLM_FAILED,
                    LlmNote.Failed.class,
                    (fact, out) -> out.put("provider", fact.provider())
                            .put("model", fact.model())
                            .failure(fact.failure())
                            .put("duration_ms", fact.durationMs()),
                    (step, in) -> new LlmNote.Failed(
                            step, in.text("provider"), in.text("model"), in.failure(), in.number("duration_ms"))));

    private LlmFormats() {}

    private static Usage usage(FieldsIn in) {
        return new Usage(in.number("input_tokens"), in.number("output_tokens"));
    }
}
