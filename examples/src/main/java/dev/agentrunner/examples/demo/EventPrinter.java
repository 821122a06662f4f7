package dev.agentrunner.examples.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentrunner.spi.log.Hint;
import dev.agentrunner.spi.log.RunLog;
import dev.agentrunner.spi.model.Event;
import dev.agentrunner.spi.model.EventType;
import dev.agentrunner.spi.model.RunId;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Prints a run's events as they happen: follows the log's hints, and looks now and then all the same. */
public final class EventPrinter {

    private static final Set<EventType> LAST =
            Set.of(EventType.RUN_COMPLETED, EventType.RUN_FAILED, EventType.RUN_CANCELED);

    private final RunLog log;
    private final PrintStream out;

    public EventPrinter(RunLog log, PrintStream out) {
        this.log = log;
        this.out = out;
    }

    /** Prints all events of a run from {@code afterSeq} on; returns the one that ended it. */
    @SuppressWarnings("try") // the hints come while the block runs; nothing names them
    public Event follow(RunId run, long afterSeq) throws InterruptedException {
        Semaphore news = new Semaphore(0);
        try (RunLog.Subscription hints = log.follow(hint -> {
            if (!(hint instanceof Hint.Ready)) {
                news.release();
            }
        })) {
            long seen = afterSeq;
            Instant begin = null;
            while (true) {
                List<Event> events = log.read(run, seen, 200);
                for (Event event : events) {
                    begin = begin == null ? event.createdAt() : begin;
                    print(event, Duration.between(begin, event.createdAt()));
                    seen = event.seq();
                    if (LAST.contains(event.type())) {
                        return event;
                    }
                }
                if (events.isEmpty() && news.tryAcquire(1, TimeUnit.SECONDS)) {
                    news.drainPermits();
                }
            }
        }
    }

    private void print(Event event, Duration since) {
        out.printf(
                Locale.ROOT,
                "%4d  +%7.3fs  %-20s %s%n",
                event.seq(),
                since.toMillis() / 1000.0,
                event.type(),
                text(event));
    }

    private static String text(Event event) {
        JsonNode payload = event.payload().tree();
        String step = event.step() == null ? "" : event.step() + "  ";
        return step + detail(event.type(), payload);
    }

    private static String detail(EventType type, JsonNode payload) {
        @Nullable String field = switch (type.name()) {
            case "RUN_QUEUED" -> "workflow";
            case "LLM_STARTED" -> "model";
            case "LLM_HEARTBEAT" -> "phase";
            case "LLM_COMPLETED" -> "usage";
            case "WORKSPACE_CHANGED" -> "added";
            case "LOG" -> "message";
            case "RUN_STARTED", "RUN_RECOVERED", "RUN_WOKEN" -> "node";
            case "RUN_SUSPENDED" -> "waiting";
            case "RUN_SIGNALED", "ARTIFACT_CREATED" -> "name";
            case "RUN_CANCELED", "RUN_CANCEL_REQUESTED", "STEP_CANCELED", "STEP_SKIPPED" -> "reason";
            case "RUN_COMPLETED" -> "output";
            default -> null;
        };
        if (payload.has("failure")) {
            return payload.path("failure").path("message").asText();
        }
        if (payload.path("attempt").asInt() > 1) {
            return "attempt " + payload.path("attempt").asInt();
        }
        JsonNode value = field == null ? null : payload.get(field);
        return value == null ? "" : value.isTextual() ? value.asText() : value.toString();
    }
}
