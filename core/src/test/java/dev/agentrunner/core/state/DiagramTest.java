package dev.agentrunner.core.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentrunner.spi.model.EventType;
import dev.agentrunner.spi.model.RunStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The documentation shows the tables as they are. */
class DiagramTest {

    private static final Path FILE = Path.of("..", "docs", "state-machines.md");
    private static final String REWRITE = "agentrunner.docs.rewrite";

    @Test
    void docs_show_what_the_tables_say() throws IOException {
        String expected = document();
        if (Boolean.getBoolean(REWRITE)) {
            Files.createDirectories(FILE.getParent());
            Files.writeString(FILE, expected);
        }
        assertThat(Files.exists(FILE) ? Files.readString(FILE) : "")
                .as("docs/state-machines.md is not what the tables draw; rewrite it with "
                        + "`mvn -pl core -am test -Dtest=DiagramTest -Dsurefire.failIfNoSpecifiedTests=false "
                        + "-D" + REWRITE + "=true`")
                .isEqualTo(expected);
    }

    private static String document() {
        return """
                # State machines

                Drawn from the transition tables in `dev.agentrunner.core.state`; `DiagramTest` keeps this page equal to
                them and says how to rewrite it. Whatever has no arrow is refused, when commands are decided and again
                when a log is read.

                ## Run

                Pausing, waiting and recovery do not change the status: a run that sleeps or waits for a signal, an
                approval or a child is RUNNING. Nothing leaves COMPLETED, FAILED or CANCELED; going on from a finished
                run is a fork, which is a new run. Step events and events of the workflow's own (`x.…`) may happen while
                the run is QUEUED (results that a fork begins with) or RUNNING.

                ```mermaid
                %s```

                ## Step

                A step that no event has named is PENDING. A retry is a further attempt of a RUNNING step.

                ```mermaid
                %s```
                """.formatted(RunTable.TABLE.diagram(), StepTable.TABLE.diagram());
    }

    @Test
    void transitions_between_the_same_statuses_share_an_arrow_and_ends_are_marked() {
        TransitionTable<RunStatus> table = new TransitionTable<RunStatus>("example")
                .move(RunStatus.QUEUED, EventType.RUN_STARTED, RunStatus.RUNNING)
                .stay(RunStatus.RUNNING, EventType.RUN_WOKEN, EventType.LOG)
                .move(RunStatus.RUNNING, EventType.RUN_FAILED, RunStatus.FAILED);
        assertThat(table.diagram()).isEqualTo("""
                stateDiagram-v2
                    [*] --> QUEUED
                    QUEUED --> RUNNING: RUN_STARTED
                    RUNNING --> RUNNING: RUN_WOKEN<br/>LOG
                    RUNNING --> FAILED: RUN_FAILED
                    FAILED --> [*]
                """);
    }

    @Test
    void a_birth_is_drawn_from_nowhere() {
        TransitionTable<RunStatus> table =
                new TransitionTable<RunStatus>("example").birth(EventType.RUN_QUEUED, RunStatus.QUEUED);
        assertThat(table.diagram()).isEqualTo("""
                stateDiagram-v2
                    [*] --> QUEUED: RUN_QUEUED
                    QUEUED --> [*]
                """);
        assertThat(table.next(null, EventType.RUN_QUEUED)).contains(RunStatus.QUEUED);
        assertThat(table.next(RunStatus.QUEUED, EventType.RUN_QUEUED)).isEmpty();
    }

    @Test
    void a_table_has_one_transition_for_a_status_and_an_event() {
        TransitionTable<RunStatus> table =
                new TransitionTable<RunStatus>("example").stay(RunStatus.RUNNING, EventType.LOG);
        assertThatThrownBy(() -> table.move(RunStatus.RUNNING, EventType.LOG, RunStatus.FAILED))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("example has two transitions from RUNNING on LOG");
    }
}
