package dev.agentrunner.core.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.core.state.OutsideCommand;
import dev.agentrunner.core.state.RunHistory;
import dev.agentrunner.spi.model.Json;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Commands to a run that this node executes, while others write to it as well. */
class CommanderTest {

    private final Executing run = new Executing();
    private final Commander elsewhere = new Commander(run.store.log(), id -> Optional.empty());
    private final Commander here = new Commander(run.store.log(), id -> Optional.of(run.journal));

    @AfterEach
    void close() {
        run.close();
    }

    @Test
    void what_others_have_written_is_taken_back_though_the_journal_has_not_heard_of_it() {
        elsewhere.execute(Executing.RUN, new OutsideCommand.Pause(null), Executing.ACTOR);
        RunHistory after = here.execute(Executing.RUN, new OutsideCommand.Unpause(null), Executing.ACTOR);
        assertThat(after.run().pauseRequested()).isFalse();
        assertThat(run.written()).containsExactly("RUN_PAUSE_REQUESTED", "RUN_UNPAUSED");
    }

    @Test
    void a_command_goes_through_the_journal_after_it_was_in_the_way() {
        elsewhere.execute(Executing.RUN, new OutsideCommand.Signal("go", Json.EMPTY, "user:ada"), Executing.ACTOR);
        here.execute(Executing.RUN, new OutsideCommand.Pause(null), Executing.ACTOR);
        here.execute(Executing.RUN, new OutsideCommand.Pause(null), Executing.ACTOR);
        assertThat(run.written()).containsExactly("RUN_SIGNALED", "RUN_PAUSE_REQUESTED");
        assertThat(run.journal.<Boolean>view(history -> history.run().pauseRequested()))
                .isTrue();
    }
}
