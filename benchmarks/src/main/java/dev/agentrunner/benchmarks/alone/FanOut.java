package dev.agentrunner.benchmarks.alone;

import dev.agentrunner.benchmarks.result.Findings;
import dev.agentrunner.benchmarks.result.Goal;
import dev.agentrunner.benchmarks.result.Measurement;
import dev.agentrunner.benchmarks.result.Progress;
import dev.agentrunner.benchmarks.result.Result;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * W10: one run is followed by 1,000 clients over HTTP. From the moment at which the run makes an event until each client
 * has read it from its socket; server, clients and this program are three JVMs of one machine, so the clocks agree. The
 * store is SQLite, so an event is durable before anybody sees it. As many streams need virtual threads, the server runs on
 * the newest JDK that is found, if this one has none.
 */
public final class FanOut implements Measurement {

    static final int PER_SECOND = 20;

    /** Events that carry no moment, for clients to warm up by. */
    static final int UNMEASURED = 3 * PER_SECOND;

    static final String MICROS = "micros";

    private static final String W = "W10";
    private static final int CLIENTS = 1_000;
    private static final int VIRTUAL = 21;

    @Override
    public String name() {
        return W + ", " + CLIENTS + " clients follow one run";
    }

    @Override
    public Findings take(boolean quick) throws IOException {
        Jdk jdk = Jdk.atLeast(VIRTUAL);
        int clients = jdk.feature() >= VIRTUAL ? CLIENTS : 200;
        int events = (quick ? 8 : 20) * PER_SECOND;
        try (Child server = Child.start(jdk.home(), FanOutServer.class, options(jdk))) {
            measure(server, 10 * PER_SECOND, clients); // to warm up
            return measure(server, events, clients).findings(jdk, clients, events);
        }
    }

    private static List<String> options(Jdk jdk) {
        return jdk.feature() >= 22 ? List.of("-Xmx1g", "--enable-native-access=ALL-UNNAMED") : List.of("-Xmx1g");
    }

    private static Figures measure(Child server, int events, int clients) throws IOException {
        server.tell(Integer.toString(events));
        String[] stream = server.expect("stream").split(" ");
        try (Child readers =
                Child.start(FanOutClients.class, List.of("-Xmx1g"), stream[0], stream[1], Integer.toString(clients))) {
            Progress.say("W10: %s of %d clients are connected", readers.expect("connected"), clients);
            server.tell("go");
            return new Figures(
                    readers.expectNumber("events"),
                    readers.expectNumber("lost"),
                    readers.expectNumber("p50"),
                    readers.expectNumber("p99"),
                    readers.expectNumber("worst"));
        }
    }

    /** What was read, in events and milliseconds. */
    private record Figures(double read, double lost, double p50, double p99, double worst) {

        Findings findings(Jdk jdk, int clients, int events) {
            String who = "agent-runner, SQLite, server on JDK " + jdk.feature();
            String remarks = String.format(
                    Locale.ROOT,
                    "%d clients, %d events per second for %d s; %,.0f of %,d arrived; %.0f clients were cut off; the"
                            + " slowest took %,.0f ms",
                    clients,
                    PER_SECOND,
                    events / PER_SECOND,
                    read,
                    (long) clients * events,
                    lost,
                    worst);
            return new Findings(
                    List.of(
                            new Result(W, who, "ms p50", List.of(p50), remarks),
                            new Result(W, who, "ms p99", List.of(p99), remarks)),
                    List.of(
                            Goal.atLeast(W, "clients that follow one run", CLIENTS, clients - lost, "clients"),
                            Goal.atLeast(W, "events that arrive", (double) clients * events, read, "events"),
                            Goal.atMost(W, "event until it is read, p99", 100, p99, "ms")));
        }
    }
}
