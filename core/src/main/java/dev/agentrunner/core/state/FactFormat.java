package dev.agentrunner.core.state;

import dev.agentrunner.spi.model.EventType;
import dev.agentrunner.spi.model.StepId;
import org.jspecify.annotations.Nullable;

/** How the facts of one event type are written and read. */
record FactFormat<F extends Fact>(EventType type, Class<F> facts, Writer<F> writer, Reader<F> reader) {

    interface Writer<F> {
        void write(F fact, FieldsOut out);
    }

    interface Reader<F> {
        F read(@Nullable StepId step, FieldsIn in);
    }

    /** For facts that are always about a step. */
    interface StepReader<F> {
        F read(StepId step, FieldsIn in);
    }

    static <F extends Fact> FactFormat<F> run(EventType type, Class<F> facts, Writer<F> writer, Reader<F> reader) {
        return new FactFormat<>(type, facts, writer, reader);
    }

    static <F extends Fact> FactFormat<F> step(EventType type, Class<F> facts, Writer<F> writer, StepReader<F> reader) {
        return new FactFormat<>(type, facts, writer, (step, in) -> {
            if (step == null) {
                throw new IllegalArgumentException("it names no step");
            }
            return reader.read(step, in);
        });
    }

    void write(Fact fact, FieldsOut out) {
        writer.write(facts.cast(fact), out);
    }
}
