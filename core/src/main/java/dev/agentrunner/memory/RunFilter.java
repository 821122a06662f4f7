package dev.agentrunner.memory;

import dev.agentrunner.spi.catalog.RunQuery;
import dev.agentrunner.spi.model.Lineage;
import java.time.Instant;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Whether a run matches a query, page aside. */
final class RunFilter implements Predicate<StoredRun> {

    private final RunQuery query;
    private final @Nullable String text;

    RunFilter(RunQuery query) {
        this.query = query;
        this.text = query.text() == null ? null : asciiLower(query.text());
    }

    @Override
    public boolean test(StoredRun run) {
        return (query.statuses().isEmpty()
                        || query.statuses().contains(run.row().status()))
                && (query.workflow() == null
                        || query.workflow().equals(run.spec.workflow().name()))
                && run.spec.labels().entrySet().containsAll(query.labels().entrySet())
                && created(run)
                && family(run.spec.lineage())
                && (text == null || mentions(run, text));
    }

    private boolean created(StoredRun run) {
        Instant created = Instant.ofEpochMilli(run.created);
        Instant after = query.created().after();
        Instant before = query.created().before();
        return (after == null || created.isAfter(after)) && (before == null || created.isBefore(before));
    }

    private boolean family(Lineage lineage) {
        Lineage asked = query.family();
        return (asked.parent() == null || asked.parent().equals(lineage.parent()))
                && (asked.forkedFrom() == null || asked.forkedFrom().equals(lineage.forkedFrom()));
    }

    private static boolean mentions(StoredRun run, String text) {
        return contains(run.id.toString(), text)
                || contains(run.spec.name(), text)
                || contains(run.spec.workflow().name(), text)
                || contains(run.events.get(0).payload.text(), text);
    }

    private static boolean contains(@Nullable String whole, String part) {
        return whole != null && asciiLower(whole).contains(part);
    }

    /** Unlike toLowerCase, leaves letters outside ASCII alone, as every database can. */
    private static String asciiLower(String text) {
        StringBuilder lower = new StringBuilder(text);
        for (int i = 0; i < lower.length(); i++) {
            char c = lower.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                lower.setCharAt(i, (char) (c + ('a' - 'A')));
            }
        }
        return lower.toString();
    }
}
