package dev.agentrunner.http.stream;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.agentrunner.live.LiveEvent;
import dev.agentrunner.spi.llm.Delta;
import dev.agentrunner.spi.model.StepId;
import java.util.Optional;

/**
 * Something that is shown and not stored, as it goes over the wire.
 *
 * @param attempt of the step
 * @param name of the server-sent event
 * @param json one line
 */
record LiveMessage(StepId step, int attempt, String name, String json) {

    /** Empty for what is not passed on. */
    static Optional<LiveMessage> of(LiveEvent event) {
        if (event instanceof LiveEvent.Showing showing) {
            Fields fields = new Fields(event).put("stream", showing.stream()).put("text", showing.text());
            return Optional.of(fields.message("step.output"));
        }
        if (event instanceof LiveEvent.Answering answering) {
            if (answering.delta() instanceof Delta.Text text) {
                return Optional.of(delta(answering, text.text(), "text"));
            }
            if (answering.delta() instanceof Delta.Thinking thinking) {
                return Optional.of(delta(answering, thinking.text(), "thinking"));
            }
        }
        return event instanceof LiveEvent.Beating beating ? Optional.of(heartbeat(beating)) : Optional.empty();
    }

    private static LiveMessage delta(LiveEvent.Answering event, String text, String kind) {
        return new Fields(event)
                .put("model", event.model())
                .put("text", text)
                .put("kind", kind)
                .message("llm.delta");
    }

    private static LiveMessage heartbeat(LiveEvent.Beating event) {
        LiveEvent.Beat beat = event.beat();
        return new Fields(event)
                .put("model", event.model())
                .put("phase", beat.phase())
                .put("elapsed_ms", beat.elapsed().toMillis())
                .put("idle_ms", beat.idle().toMillis())
                .put("chunks", beat.chunks())
                .message("llm.heartbeat");
    }

    private static final class Fields {

        private final LiveEvent event;
        private final StringBuilder out = new StringBuilder(160);

        private Fields(LiveEvent event) {
            this.event = event;
            out.append("{\"run_id\":\"").append(event.run()).append('"');
            put("step_id", event.step().value()).put("attempt", event.attempt());
        }

        private Fields put(String name, String value) {
            out.append(",\"").append(name).append("\":\"");
            JsonStringEncoder.getInstance().quoteAsString(value, out);
            out.append('"');
            return this;
        }

        private Fields put(String name, long value) {
            out.append(",\"").append(name).append("\":").append(value);
            return this;
        }

        private LiveMessage message(String name) {
            return new LiveMessage(
                    event.step(), event.attempt(), name, out.append('}').toString());
        }
    }
}
