package dev.agentrunner.yaml.expression;

import com.dashjoin.jsonata.Jsonata;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/** A parsed expression. Any number of threads may run it at once: an evaluation keeps what it changes to itself. */
final class Program {

    private final Jsonata parsed;
    private final Set<List<String>> references;
    private final Marks marks;

    Program(Jsonata parsed, Node expression) {
        this.parsed = parsed;
        this.references = References.in(expression);
        this.marks = new Marks(expression);
        parsed.setValidateInput(false);
        parsed.setOutputConvertNulls(false);
    }

    Set<List<String>> references() {
        return references;
    }

    /** @throws Failure if there is no value */
    JsonNode run(JsonNode scope) {
        try {
            return EvaluationThreads.shared().call(() -> evaluate(scope), Meter.TIME);
        } catch (TimeoutException e) {
            throw Failure.limit("it takes more than 1 s");
        }
    }

    private JsonNode evaluate(JsonNode scope) {
        Meter meter = new Meter(marks);
        meter.start();
        try {
            Jsonata.Frame frame = parsed.createFrame();
            frame.setEvaluateEntryCallback(meter);
            frame.setEvaluateExitCallback(meter);
            Object value = parsed.evaluate(Values.in(scope), frame);
            meter.measure(value);
            return Values.out(value);
        } catch (Throwable e) {
            Failure passed = meter.passed();
            throw passed == null ? Failure.of(e) : passed;
        } finally {
            meter.stop();
        }
    }
}
