package dev.agentrunner.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentrunner.spi.access.AccessSession;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Sessions: they stay as they were begun, until they are ended or their end has come.
 *
 * <p>On failure look at the condition on the end, and at how moments are cut.
 */
abstract class SessionsContract extends WithStore {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final Duration LIFE = Duration.ofHours(12);

    private static String sum(int n) {
        return "%064x".formatted(n);
    }

    private AccessSession begun(int n, Instant end) {
        AccessSession session = new AccessSession(sum(n), "key-" + n, end);
        store().sessions().begin(session, NOW);
        return session;
    }

    /** Look for an end that does not come back as it was. */
    @Test
    void a_session_is_found_as_it_was_begun() {
        AccessSession one = begun(1, NOW.plus(LIFE).plusNanos(999));
        AccessSession other = begun(2, NOW.plus(LIFE));
        assertThat(store().sessions().find(sum(1))).contains(one);
        assertThat(store().sessions().find(sum(2))).contains(other);
        for (String nobodys : List.of(sum(3), "", "key-1", sum(1) + " ", "%", "' OR ''='")) {
            assertThat(store().sessions().find(nobodys)).as(nobodys).isEmpty();
        }
    }

    /** Look for a delete that takes too many rows, or none. */
    @Test
    void a_session_that_is_ended_is_gone_and_no_other() {
        begun(1, NOW.plus(LIFE));
        AccessSession other = begun(2, NOW.plus(LIFE));
        store().sessions().end(sum(1));
        store().sessions().end(sum(1));
        store().sessions().end("nobody's");
        assertThat(store().sessions().find(sum(1))).isEmpty();
        assertThat(store().sessions().find(sum(2))).contains(other);
    }

    /** Look for an insert that replaces: it would give somebody's session to another key. */
    @Test
    void a_sum_stands_for_one_session() {
        AccessSession first = begun(1, NOW.plus(LIFE));
        AccessSession again = new AccessSession(sum(1), "thief", NOW.plus(LIFE).plusSeconds(1));
        assertThatThrownBy(() -> store().sessions().begin(again, NOW))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining(sum(1));
        assertThat(store().sessions().find(sum(1))).contains(first);
    }

    /** Look at the condition of the delete, or rows stay for ever. */
    @Test
    void those_whose_end_has_come_are_forgotten_when_another_begins() {
        begun(1, NOW.plusSeconds(1));
        AccessSession good = begun(2, NOW.plusSeconds(1).plusMillis(1));
        AccessSession next = new AccessSession(sum(3), "next", NOW.plus(LIFE));
        store().sessions().begin(next, NOW.plusSeconds(1));
        assertThat(store().sessions().find(sum(1))).isEmpty();
        assertThat(store().sessions().find(sum(2))).contains(good);
        assertThat(store().sessions().find(sum(3))).contains(next);
    }

    /** What is not a sum may be the token itself: it must not be kept, nor shown. */
    @Test
    void only_a_sum_is_kept() {
        for (String wrong : List.of("", "hunter2", sum(1).substring(1), "F".repeat(64), sum(1) + "0")) {
            assertThatThrownBy(() -> new AccessSession(wrong, "careless", NOW))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageNotContaining("hunter2");
        }
        begun(1, NOW.plus(LIFE));
        assertThat(store().sessions().find(sum(1)).orElseThrow()).asString().doesNotContain(sum(1));
    }

    /** Look for writers that wait for each other crosswise, or a check that is not one step with the write. */
    @Test
    void many_begin_and_end_at_once() {
        for (int i = 10; i < 20; i++) {
            begun(i, NOW.plusSeconds(1));
        }
        List<Boolean> begun = Together.run(6, i -> {
            try {
                store().sessions().end(sum(10 + i));
                store().sessions().begin(new AccessSession(sum(1), "by-" + i, NOW.plus(LIFE)), NOW.plusSeconds(1));
                return true;
            } catch (IllegalArgumentException e) {
                return false;
            }
        });
        assertThat(begun).containsOnlyOnce(true);
        assertThat(store().sessions().find(sum(1)).orElseThrow().keyId()).isEqualTo("by-" + begun.indexOf(true));
        assertThat(store().sessions().find(sum(19))).isEmpty();
    }
}
