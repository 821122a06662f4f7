package dev.agentrunner.jdbc.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.jdbc.crash.Cluster.Member;
import dev.agentrunner.jdbc.crash.Evidence.Run;
import dev.agentrunner.spi.log.AppendOutcome;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Many nodes on one database: they share the work, do none of it twice, and lose none of it. */
@Timeout(300)
abstract class ClusterContract {

    private static final Duration NEVER = Duration.ofMinutes(10);
    private static final Duration LEASE = Duration.ofMillis(1_500);
    private static final int ROUNDS = 6;
    private static final int RUNS_OF_A_ROUND = 600;

    abstract Target target();

    @ParameterizedTest
    @CsvSource({"2, 2400", "8, 4000"})
    void nodes_share_the_work_and_execute_every_body_once(int nodes, int runs) throws SQLException {
        Target target = target();
        try (Cluster cluster = new Cluster(target, nodes, runs, NEVER)) {
            cluster.submit(runs);
            for (int i = 0; i < nodes; i++) {
                cluster.join();
            }
            cluster.awaitEnd();

            once(cluster.first);
            once(cluster.second);
            assertThat(cluster.members())
                    .extracting(Member::executed)
                    .as("bodies per node")
                    .allSatisfy(bodies -> assertThat(bodies).isGreaterThanOrEqualTo(Cluster.WORKERS));
        }
        complete(target, runs);
    }

    /** A body is executed again only if its node died in the middle of it, and recorded once even then. */
    @Test
    void nodes_that_come_and_go_and_die_lose_nothing_and_record_nothing_twice() throws SQLException {
        Target target = target();
        int runs = ROUNDS * RUNS_OF_A_ROUND;
        List<Member> dead = new ArrayList<>();
        Evidence evidence;
        try (Cluster cluster = new Cluster(target, 3, runs, LEASE)) {
            for (int i = 0; i < 3; i++) {
                cluster.join();
            }
            for (int round = 1; round <= ROUNDS; round++) {
                cluster.submit(RUNS_OF_A_ROUND);
                cluster.awaitBodies((2 * round - 1) * RUNS_OF_A_ROUND);
                cluster.join();
                if (round % 2 == 0) {
                    cluster.closeOldest();
                } else {
                    dead.add(cluster.abandonOldest());
                }
            }
            cluster.awaitEnd();
            evidence = complete(target, runs);
            for (Member each : dead) {
                assertThat(cluster.bringBack(each)).allMatch(AppendOutcome.Fenced.class::isInstance);
            }
            for (Run run : evidence.runs().values()) {
                int n = run.events().get(0).payload().path("input").asInt();
                int owners = Math.toIntExact(run.row().epoch());
                assertThat(cluster.first.get(n)).as("executions of a body").isBetween(1, owners);
                assertThat(cluster.second.get(n)).as("executions of a body").isBetween(1, owners);
            }
        }
        assertThat(evidence.runs().values().stream()
                        .mapToInt(run -> run.row().recoveries())
                        .sum())
                .as("runs that were taken over")
                .isPositive();
        assertThat(Evidence.read(target)).as("what the dead added").isEqualTo(evidence);
    }

    private static void once(AtomicIntegerArray executions) {
        for (int n = 0; n < executions.length(); n++) {
            assertThat(executions.get(n))
                    .as("executions of a body of run %d", n)
                    .isOne();
        }
    }

    /** Each run is there, has ended well, and has recorded each step once: by plain SQL. */
    private static Evidence complete(Target target, int runs) throws SQLException {
        Evidence evidence = Evidence.read(target);
        LogAudit.requireIntact(target, evidence, "after all have ended");
        assertThat(evidence.runs()).hasSize(runs);
        for (Run run : evidence.runs().values()) {
            assertThat(run.row().status()).isEqualTo("COMPLETED");
            assertThat(run.steps()).hasSize(2);
            assertThat(run.events().stream().filter(each -> each.type().equals("STEP_COMPLETED")))
                    .hasSize(2);
        }
        return evidence;
    }
}
