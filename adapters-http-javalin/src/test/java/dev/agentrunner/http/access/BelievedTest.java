package dev.agentrunner.http.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.tck.fixture.ManualClock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

class BelievedTest {

    private static final Duration LONG = Duration.ofSeconds(5);

    private final ManualClock clock = ManualClock.standing();
    private final Map<String, String> store = new ConcurrentHashMap<>(Map.of("id", "first"));
    private int questions;
    private Runnable meanwhile = () -> {};
    private final Believed<String> believed = new Believed<>(this::ask, clock);

    /** What happens while it is under way does not change the answer. */
    private Optional<String> ask(String id) {
        questions++;
        Optional<String> answer = Optional.ofNullable(store.get(id));
        meanwhile.run();
        return answer;
    }

    @Test
    void an_answer_is_believed_for_five_seconds() {
        assertThat(believed.find("id")).contains("first");
        store.put("id", "second");
        clock.advance(LONG.minusMillis(1));
        assertThat(believed.find("id")).contains("first");
        clock.advance(Duration.ofMillis(1));
        assertThat(believed.find("id")).contains("second");
        assertThat(questions).isEqualTo(2);
    }

    @Test
    void what_is_gone_from_the_store_is_gone_when_it_is_asked_again() {
        believed.find("id");
        store.clear();
        clock.advance(LONG);
        assertThat(believed.find("id")).isEmpty();
        clock.advance(Duration.ofMillis(1).minus(LONG));
        assertThat(believed.find("id"))
                .as("also where the clock was turned back")
                .isEmpty();
    }

    @Test
    void a_clock_that_was_turned_back_makes_nothing_believed_for_longer() {
        believed.find("id");
        store.put("id", "second");
        clock.advance(Duration.ofHours(-1));
        assertThat(believed.find("id")).contains("second");
        store.clear();
        clock.advance(Duration.ofSeconds(-1));
        assertThat(believed.find("id")).isEmpty();
        clock.advance(Duration.ofSeconds(2));
        assertThat(believed.find("id")).isEmpty();
    }

    @Test
    void what_nobody_has_is_asked_for_each_time() {
        assertThat(believed.find("nobody")).isEmpty();
        store.put("nobody", "somebody");
        assertThat(believed.find("nobody")).contains("somebody");
    }

    @Test
    void what_is_gone_is_gone_at_once_and_no_answer_that_was_under_way_brings_it_back() {
        believed.find("id");
        clock.advance(LONG);
        meanwhile = () -> believed.gone("id");
        assertThat(believed.find("id")).isEmpty();
        meanwhile = () -> {};
        assertThat(believed.find("id")).isEmpty();
    }

    @Test
    void a_first_answer_that_was_under_way_does_not_bring_it_back_either() {
        meanwhile = () -> believed.gone("id");
        assertThat(believed.find("id")).isEmpty();
        meanwhile = () -> {};
        assertThat(believed.find("id")).isEmpty();
        assertThat(questions).isEqualTo(1);
    }

    @Test
    void an_answer_that_took_too_long_is_not_believed_later() {
        meanwhile = () -> {
            believed.gone("id");
            clock.advance(LONG);
        };
        believed.find("id");
        meanwhile = () -> {};
        store.clear();
        assertThat(believed.find("id")).isEmpty();
    }
}
