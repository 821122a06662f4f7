package dev.agentrunner.spi.catalog;

import dev.agentrunner.spi.model.Lineage;
import dev.agentrunner.spi.model.RunStatus;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which runs; every part narrows the answer.
 *
 * @param statuses any of these; empty: all
 * @param workflow of this name
 * @param labels with all of these
 * @param text contained, ignoring the case of ASCII letters only, in id, name, workflow name or the text
 *     of the first event's payload, which holds the input; no character has a special meaning
 * @param family with this parent, and forked from this run
 */
public record RunQuery(
        Set<RunStatus> statuses,
        @Nullable String workflow,
        Map<String, String> labels,
        @Nullable String text,
        TimeRange created,
        Lineage family,
        PageRequest page) {

    /** All runs, first page. */
    public static final RunQuery ALL =
            new RunQuery(Set.of(), null, Map.of(), null, TimeRange.ALL, Lineage.NONE, PageRequest.FIRST);

    public RunQuery {
        statuses = Set.copyOf(statuses);
        labels = Map.copyOf(labels);
        if (hasNul(workflow)
                || hasNul(text)
                || labels.entrySet().stream().anyMatch(l -> hasNul(l.getKey() + l.getValue()))) {
            throw new IllegalArgumentException("A query has a NUL character, which no run can have");
        }
    }

    private static boolean hasNul(@Nullable String part) {
        return part != null && part.indexOf(0) >= 0;
    }

    public RunQuery statuses(RunStatus... only) {
        return new RunQuery(Set.of(only), workflow, labels, text, created, family, page);
    }

    public RunQuery workflow(String name) {
        return new RunQuery(statuses, name, labels, text, created, family, page);
    }

    public RunQuery labels(Map<String, String> all) {
        return new RunQuery(statuses, workflow, all, text, created, family, page);
    }

    public RunQuery text(String part) {
        return new RunQuery(statuses, workflow, labels, part, created, family, page);
    }

    public RunQuery created(TimeRange range) {
        return new RunQuery(statuses, workflow, labels, text, range, family, page);
    }

    public RunQuery family(Lineage lineage) {
        return new RunQuery(statuses, workflow, labels, text, created, lineage, page);
    }

    public RunQuery page(PageRequest request) {
        return new RunQuery(statuses, workflow, labels, text, created, family, request);
    }
}
