package dev.agentrunner.core.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentrunner.core.time.StoreClock;
import dev.agentrunner.spi.error.StoreUnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class PatienceTest {

    private final Parking parking = new Parking(new StoreClock(Instant.EPOCH), Duration.ofHours(1));
    private final AtomicInteger asked = new AtomicInteger();

    /** Answers the second time. */
    private String answer() {
        if (asked.incrementAndGet() == 1) {
            throw new StoreUnavailableException("a store", new IOException("away"));
        }
        return "answer";
    }

    @Test
    void an_outage_is_waited_for() {
        assertThat(Patience.during(parking, this::answer)).isEqualTo("answer");
        assertThat(asked).hasValue(2);
    }

    @Test
    void who_is_to_end_asks_no_more() {
        parking.stop(Stop.CANCEL);
        assertThatThrownBy(() -> Patience.during(parking, this::answer)).isInstanceOf(Unwind.class);
        assertThat(asked).hasValue(0);
    }

    @Test
    void what_must_be_known_is_asked_to_the_end() {
        parking.stop(Stop.ENDED);
        assertThat(Patience.always(parking, this::answer)).isEqualTo("answer");
    }

    @Test
    void other_failures_are_not_outages() {
        assertThatThrownBy(() -> Patience.always(parking, () -> {
                    throw new IllegalStateException("broken");
                }))
                .hasMessage("broken");
    }
}
