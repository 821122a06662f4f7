package dev.agentrunner.core.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.core.state.Note;
import dev.agentrunner.workflow.Notes.Level;
import org.junit.jupiter.api.Test;

class TellingTest {

    private static String kept(String message) {
        return ((Note.Log) Telling.log(null, Level.INFO, message)).message();
    }

    @Test
    void a_message_of_10_000_characters_is_kept_whole_and_a_longer_one_shows_that_it_was_cut() {
        String longest = "x".repeat(10_000);
        assertThat(kept(longest)).isEqualTo(longest);
        assertThat(kept(longest + "y")).isEqualTo(longest + " …");
    }
}
