package dev.agentrunner.jdbc.crash;

import dev.agentrunner.AgentRunner;
import dev.agentrunner.AgentRunnerBuilder;
import dev.agentrunner.client.SubmitOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A process that executes runs until it is killed, or until nobody holds the other end of its standard input any more.
 * Arguments: JDBC URL, folder, and a number: of the batch to submit, or {@value #NO_BATCH}.
 */
final class WorkerMain {

    static final Duration HEARTBEAT = Duration.ofMillis(200);
    static final Duration TIMEOUT = Duration.ofSeconds(1);
    static final int NO_BATCH = -1;
    static final int BATCH = 5;
    static final int SPILL_BYTES = 2_000;
    private static final Duration BODIES = Duration.ofMillis(12);

    private WorkerMain() {}

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[1]);
        Workloads workloads = new Workloads(new Ledger(folder), BODIES);
        AgentRunner runner = runner(new Target(args[0]), workloads).build();
        Files.writeString(
                folder.resolve("ready-" + ProcessHandle.current().pid()),
                runner.node().value());
        int batch = Integer.parseInt(args[2]);
        for (int i = 0; batch != NO_BATCH && i < BATCH; i++) {
            int n = batch * BATCH + i;
            runner.submitAsync(workloads.quick, n, SubmitOptions.DEFAULT.idempotencyKey("quick-" + n));
        }
        while (System.in.read() >= 0) {
            continue;
        }
        if (args.length > 3) {
            runner.close();
        }
        Runtime.getRuntime().halt(0);
    }

    /** A node as all processes of these tests build it. */
    static AgentRunnerBuilder runner(Target target, Workloads workloads) {
        AgentRunnerBuilder builder = AgentRunner.builder()
                .store(target.open())
                .workers(32)
                .heartbeat(HEARTBEAT, TIMEOUT)
                .spillBytes(SPILL_BYTES)
                .maxRecoveries(1_000);
        List.copyOf(workloads.all()).forEach(builder::workflow);
        return builder;
    }
}
