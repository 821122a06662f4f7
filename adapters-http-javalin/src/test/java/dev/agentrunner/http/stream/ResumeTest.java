package dev.agentrunner.http.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.memory.InMemoryStore;
import dev.agentrunner.spi.model.Event;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.RunStatus;
import dev.agentrunner.spi.queue.Claim;
import dev.agentrunner.tck.fixture.Ids;
import dev.agentrunner.tck.fixture.Runs;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever clients do while events are appended, in the end they have seen exactly the log, in order, each event once. */
class ResumeTest {

    @Property(tries = 25, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.BOUNDED)
    void clients_that_come_and_go_see_exactly_the_log(
            @ForAll @Size(min = 1, max = 3) List<@Size(min = 1, max = 12) List<@IntRange(min = 1, max = 40) Integer>> commits,
            @ForAll @Size(min = 1, max = 4) List<@Size(min = 1, max = 5) List<@IntRange(min = 0, max = 60) Integer>> visits)
            throws Exception {
        InMemoryStore store = new InMemoryStore();
        Runs runs = new Runs(store);
        ExecutorService threads = Executors.newCachedThreadPool();
        try (StreamServer server = StreamServer.start(store)) {
            List<Claim> claims =
                    commits.stream().map(each -> runs.running(Ids.node())).toList();
            List<Future<List<Long>>> seen = new ArrayList<>();
            for (int i = 0; i < visits.size(); i++) {
                RunId run = claims.get(i % claims.size()).run();
                List<Integer> stays = visits.get(i);
                seen.add(threads.submit(() -> follow(server.stream(run), stays)));
            }
            long total = commits.stream()
                    .mapToLong(sizes -> 3 + sizes.stream().mapToInt(x -> x).sum())
                    .sum();
            Future<List<Long>> all = threads.submit(() -> watch(server.uri("/events/stream"), visits.get(0), total));
            List<Future<?>> writers = new ArrayList<>();
            for (int i = 0; i < claims.size(); i++) {
                writers.add(threads.submit(writer(runs, claims.get(i), commits.get(i))));
            }
            for (Future<?> writer : writers) {
                writer.get(60, TimeUnit.SECONDS);
            }
            for (int i = 0; i < seen.size(); i++) {
                long last = runs.seq(claims.get(i % claims.size()).run());
                assertThat(seen.get(i).get(60, TimeUnit.SECONDS))
                        .isEqualTo(LongStream.rangeClosed(1, last).boxed().toList());
            }
            assertThat(all.get(60, TimeUnit.SECONDS))
                    .isEqualTo(store.log().feed(0, Integer.MAX_VALUE).stream()
                            .map(Event::id)
                            .toList());
        } finally {
            threads.shutdownNow();
        }
    }

    private static Callable<Void> writer(Runs runs, Claim claim, List<Integer> sizes) {
        return () -> {
            for (int size : sizes) {
                var draft = runs.holding(claim);
                for (int i = 0; i < size; i++) {
                    draft.log("event");
                }
                runs.appended(draft);
                Thread.yield();
            }
            runs.appended(runs.finishing(claim, RunStatus.COMPLETED));
            return null;
        };
    }

    /** Connects, takes so many events each time, goes and comes back; stays in the end. */
    private static List<Long> follow(URI uri, List<Integer> stays) throws Exception {
        List<Long> seen = new ArrayList<>();
        for (int visit = 0; true; visit++) {
            try (Sse stream = connect(uri, seen)) {
                if (stream.status() == 204) {
                    return seen;
                }
                int stay = visit < stays.size() ? stays.get(visit) : Integer.MAX_VALUE;
                for (int i = 0; i < stay; i++) {
                    Optional<Frame> frame = stream.next();
                    if (frame.isEmpty() || frame.get().name().equals("end")) {
                        break;
                    }
                    seen.add(frame.get().number());
                }
            }
        }
    }

    private static List<Long> watch(URI uri, List<Integer> stays, long total) throws Exception {
        List<Long> seen = new ArrayList<>();
        for (int visit = 0; seen.size() < total; visit++) {
            try (Sse stream = connect(uri, seen)) {
                long stay = visit < stays.size() ? stays.get(visit) : Long.MAX_VALUE;
                for (int i = 0; i < stay && seen.size() < total; i++) {
                    seen.add(stream.next().orElseThrow().number());
                }
            }
        }
        return seen;
    }

    private static Sse connect(URI uri, List<Long> seen) throws Exception {
        return Sse.open(uri, seen.isEmpty() ? 0 : seen.get(seen.size() - 1));
    }
}
