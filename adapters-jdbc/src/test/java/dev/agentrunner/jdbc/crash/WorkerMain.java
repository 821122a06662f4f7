package dev.agentrunner.jdbc.crash;

import dev.agentrunner.AgentRunner;
import dev.agentrunner.AgentRunnerBuilder;
import dev.agentrunner.client.RunHandle;
import dev.agentrunner.client.SubmitOptions;
import dev.agentrunner.spi.error.StoreUnavailableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A process that executes runs until it is killed, or until nobody holds the other end of its standard input any more; who
 * writes a byte there is told its {@link Vitals} in a file.
 * Arguments: JDBC URL, folder, and the number of the batch to submit, or {@value #TRAINING}: then it executes one run of
 * each kind and ends.
 */
final class WorkerMain {

    static final Duration HEARTBEAT = Duration.ofMillis(200);
    static final Duration TIMEOUT = Duration.ofSeconds(1);
    static final int TRAINING = -1;
    static final int BATCH = 5;
    static final int SPILL_BYTES = 2_000;
    private static final Duration BODIES = Duration.ofMillis(500);

    private WorkerMain() {}

    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[1]);
        int batch = Integer.parseInt(args[2]);
        Workloads workloads = new Workloads(new Ledger(folder), batch == TRAINING ? Duration.ZERO : BODIES);
        AgentRunner runner = started(new Target(args[0]), workloads);
        if (batch == TRAINING) {
            train(runner, workloads);
            return;
        }
        Files.writeString(
                folder.resolve("ready-" + ProcessHandle.current().pid()),
                runner.node().value());
        for (int i = 0; i < BATCH; i++) {
            int n = batch * BATCH + i;
            runner.submitAsync(workloads.quick, n, SubmitOptions.DEFAULT.idempotencyKey("quick-" + n));
        }
        for (int question = 0; System.in.read() >= 0; question++) {
            Vitals.now()
                    .write(folder.resolve("vitals-" + ProcessHandle.current().pid() + "-" + question));
        }
        Runtime.getRuntime().halt(0);
    }

    /** A server may be away when a node starts; who writes to a file has no such excuse. */
    private static AgentRunner started(Target target, Workloads workloads) {
        while (true) {
            try {
                return runner(target, workloads).build();
            } catch (StoreUnavailableException e) {
                if (target.isSqlite()) {
                    throw e;
                }
                Patience.pause(Duration.ofMillis(100));
            }
        }
    }

    private static void train(AgentRunner runner, Workloads workloads) throws InterruptedException {
        List<RunHandle> runs = new ArrayList<>();
        // An odd number asks for no signal.
        workloads.all().forEach(each -> runs.add(runner.submit(each, 1)));
        for (RunHandle run : runs) {
            run.awaitEnd(Duration.ofSeconds(60));
        }
        runner.close();
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
