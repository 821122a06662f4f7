package dev.agentrunner.benchmarks.alone;

import dev.agentrunner.AgentRunner;
import dev.agentrunner.benchmarks.database.SqliteDatabase;
import dev.agentrunner.client.RunHandle;
import dev.agentrunner.http.HttpOptions;
import dev.agentrunner.http.HttpServer;
import dev.agentrunner.workflow.Workflow;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The server of {@link FanOut}: a run that emits events once it is told to, and its stream. */
final class FanOutServer {

    private static final InstantSource CLOCK = InstantSource.system();

    /** Emits so many events, {@link FanOut#PER_SECOND} in a second, each with the moment at which it was made. */
    private static final Workflow<Integer, Integer> TICKS = Workflow.named("ticks", "1")
            .input(Integer.class)
            .output(Integer.class)
            .body((run, events) -> {
                run.await("go", Boolean.class);
                return run.step("tick", Integer.class, step -> {
                    long begin = System.nanoTime();
                    for (int i = 0; i < FanOut.UNMEASURED + events; i++) {
                        long due = begin + i * TimeUnit.SECONDS.toNanos(1) / FanOut.PER_SECOND;
                        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                            LockSupport.parkNanos(left);
                        }
                        step.emit("x.tick", i < FanOut.UNMEASURED ? Map.of() : Map.of(FanOut.MICROS, micros()));
                    }
                    return events;
                });
            });

    private FanOutServer() {}

    public static void main(String[] args) throws Exception {
        Parent parent = new Parent();
        try (SqliteDatabase database = new SqliteDatabase();
                AgentRunner runner = AgentRunner.builder()
                        .store(database.store())
                        .workflow(TICKS)
                        .build();
                HttpServer server = HttpServer.start(runner, HttpOptions.DEFAULT, "127.0.0.1", 0)) {
            for (String line = parent.hear(); line != null; line = parent.hear()) {
                RunHandle run = runner.submit(TICKS, Integer.parseInt(line));
                parent.say("stream", server.port() + " /runs/" + run.id() + "/events/stream");
                if (parent.hear() == null) {
                    return;
                }
                run.signal("go", true);
            }
        }
    }

    private static long micros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, CLOCK.instant());
    }
}
