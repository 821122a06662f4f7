package dev.agentrunner.tck.oracle;

import dev.agentrunner.spi.catalog.Page;
import dev.agentrunner.spi.catalog.PageRequest;
import dev.agentrunner.spi.catalog.RunQuery;
import dev.agentrunner.spi.catalog.RunView;
import dev.agentrunner.spi.catalog.TimeRange;
import dev.agentrunner.spi.error.InvalidCursorException;
import dev.agentrunner.spi.model.Event;
import dev.agentrunner.spi.model.Lineage;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.RunStatus;
import dev.agentrunner.tck.fixture.Rows;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** Operations that only look. */
final class Reads {

    private static final String REFUSED = "refused";

    private Reads() {}

    /**
     * Lists runs.
     *
     * @param page 0: the first one; 1: the one after the last list; 2: with a forged cursor
     */
    record ListRuns(int filter, int limit, int page) implements Plan {

        @Override
        public String kind() {
            return "list";
        }

        @Override
        public Move<?> choose(World world) {
            RunQuery query = query(world);
            return new Move<List<String>>(
                    "page " + page + " of " + query,
                    lens -> list(lens, query),
                    answer -> answer.contains(REFUSED),
                    answer -> {});
        }

        private List<String> list(Lens lens, RunQuery query) {
            String cursor = page == 0 ? null : page == 1 ? lens.cursor : "forged";
            try {
                Page<RunView> found = lens.store().catalog().runs(query.page(new PageRequest(1 + limit, cursor)));
                lens.cursor = found.nextCursor();
                List<String> items = new java.util.ArrayList<>(
                        found.items().stream().map(lens::run).toList());
                items.add(found.nextCursor() == null ? "end" : "more");
                return items;
            } catch (InvalidCursorException e) {
                return List.of(REFUSED);
            }
        }

        private RunQuery query(World world) {
            return switch (filter) {
                case 0 -> RunQuery.ALL.statuses(RunStatus.RUNNING, RunStatus.FAILED);
                case 1 -> RunQuery.ALL.workflow(world.workflows.get(0).name());
                case 2 -> RunQuery.ALL.labels(Map.of("team", "red"));
                case 3 -> RunQuery.ALL.text("rUN %_1");
                case 4 -> RunQuery.ALL.text("\"INPUT\" : 1");
                case 5 -> RunQuery.ALL.created(new TimeRange(Moments.past(0), Moments.future(0)));
                case 6 -> RunQuery.ALL.created(new TimeRange(Moments.future(0), null));
                case 7 -> RunQuery.ALL.family(new Lineage(world.run(limit), null));
                default -> RunQuery.ALL;
            };
        }
    }

    /** Reads events of runs. */
    record ReadRuns(int run, int after, int limit) implements Plan {

        @Override
        public String kind() {
            return "read";
        }

        @Override
        public Move<?> choose(World world) {
            RunId id = world.run(run);
            List<RunId> some = List.of(id, world.run(run + 1), world.run(run + 2));
            return new Move<List<Object>>(
                    "read " + id + " after " + after + ", at most " + limit,
                    lens -> List.of(
                            events(lens, lens.store().log().read(id, after, limit)),
                            all(lens, lens.store().log().readAll(some))),
                    answer -> answer.get(0).equals(List.of()),
                    answer -> {});
        }

        private static Map<RunId, List<String>> all(Lens lens, Map<RunId, List<Event>> found) {
            Map<RunId, List<String>> all = new TreeMap<>();
            found.forEach((run, events) -> all.put(run, events(lens, events)));
            return all;
        }
    }

    private static List<String> events(Lens lens, List<Event> events) {
        return events.stream().map(lens::event).toList();
    }

    /** Reads the feed, from after so many percent of it. */
    record Feed(int place, int limit) implements Plan {

        private static final int ENOUGH = 100_000;

        @Override
        public String kind() {
            return "feed";
        }

        @Override
        public Move<?> choose(World world) {
            long total = world.all().stream()
                    .filter(run -> !world.purged.contains(run))
                    .mapToLong(run -> world.known(run).seq())
                    .sum();
            return new Move<List<String>>(
                    "feed after " + place + "% of all, at most " + limit,
                    lens -> feed(lens, total),
                    List::isEmpty,
                    answer -> {});
        }

        /** Newest events may be held back for a moment, by whatever else the database does. */
        private List<String> feed(Lens lens, long total) {
            List<Event> all = lens.store().log().feed(0, ENOUGH);
            for (int tries = 0; tries < 2_000 && all.size() < total; tries++) {
                LockSupport.parkNanos(1_000_000);
                all = lens.store().log().feed(0, ENOUGH);
            }
            int from = Math.min(place * all.size() / 100, all.size());
            long after = from == 0 ? 0 : all.get(from - 1).id();
            return events(lens, lens.store().log().feed(after, limit));
        }
    }

    /** Asks which sums are listed. */
    record Listed(int first) implements Plan {

        @Override
        public String kind() {
            return "listed sums";
        }

        @Override
        public Move<?> choose(World world) {
            List<String> sums = IntStream.range(first, first + 4)
                    .mapToObj(i -> Rows.blob(Integer.toHexString(i)).sha256())
                    .toList();
            return new Move<java.util.Set<String>>(
                    "listed among " + sums,
                    lens -> lens.store().catalog().listed(sums),
                    java.util.Set::isEmpty,
                    answer -> {});
        }
    }
}
