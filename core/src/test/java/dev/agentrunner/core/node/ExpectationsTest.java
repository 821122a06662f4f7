package dev.agentrunner.core.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.queue.Claim;
import org.junit.jupiter.api.Test;

class ExpectationsTest {

    private static final RunId RUN = RunId.parse("01890000-0000-7000-8000-000000000001");
    private static final RunId OTHER = RunId.parse("01890000-0000-7000-8000-000000000002");
    private static final Claim FIRST = new Claim(RUN, 1);
    private static final Claim SECOND = new Claim(RUN, 3);

    private final Expectations expected = new Expectations();

    @Test
    void what_is_heard_meanwhile_is_kept_and_the_last_of_it_given_once() {
        expected.heardOf(RUN, 9);
        expected.add(FIRST);
        expected.heardOf(RUN, 4);
        expected.heardOf(RUN, 7);
        expected.heardOf(RUN, 5);
        expected.heardOf(OTHER, 99);

        assertThat(expected.has(RUN)).isTrue();
        assertThat(expected.has(OTHER)).isFalse();
        assertThat(expected.isEmpty()).isFalse();
        assertThat(expected.take(FIRST)).hasValue(7);
        assertThat(expected.take(FIRST)).isEmpty();
        assertThat(expected.isEmpty()).isTrue();
    }

    @Test
    void a_claim_of_which_nothing_was_heard_is_expected_all_the_same() {
        expected.add(FIRST);
        assertThat(expected.take(FIRST)).hasValue(0);
    }

    @Test
    void a_newer_claim_takes_the_place_of_an_older_one_and_not_the_other_way_round() {
        expected.add(FIRST);
        expected.heardOf(RUN, 4);
        expected.add(SECOND);
        expected.add(FIRST);

        assertThat(expected.take(FIRST)).as("the one that was lost").isEmpty();
        assertThat(expected.take(SECOND)).hasValue(0);
        assertThat(expected.has(RUN)).isFalse();
    }
}
