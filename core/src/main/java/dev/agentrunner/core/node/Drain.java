package dev.agentrunner.core.node;

import dev.agentrunner.core.execution.Execution;
import java.time.Duration;

/** Empties a node that stops. */
record Drain(Executions executions, Duration grace) {

    private static final Duration LAST = Duration.ofSeconds(1);

    void run() {
        if (!emptyWithin(grace)) {
            executions.all().forEach(Execution::abandon);
            emptyWithin(LAST);
        }
    }

    private boolean emptyWithin(Duration limit) {
        Doorbell bell = new Doorbell();
        for (long waited = 0; !executions.isEmpty() && waited < limit.toMillis(); waited += 10) {
            // Those included that began only now.
            executions.all().forEach(Execution::drain);
            try {
                bell.await(Duration.ofMillis(10));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return executions.isEmpty();
            }
        }
        return executions.isEmpty();
    }
}
