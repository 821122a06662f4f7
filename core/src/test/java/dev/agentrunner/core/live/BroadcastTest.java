package dev.agentrunner.core.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.live.Live;
import dev.agentrunner.live.LiveEvent;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.StepId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BroadcastTest {

    private final LiveEvent event =
            new LiveEvent.Showing(new RunId(new UUID(1, 1)), new StepId("s"), 1, "stdout", "text");
    private final Broadcast broadcast = new Broadcast();
    private final AtomicInteger asked = new AtomicInteger();

    private LiveEvent pulse() {
        asked.incrementAndGet();
        return event;
    }

    @Test
    void a_pulse_is_felt_only_while_somebody_watches_and_until_it_is_closed() {
        Live.Watching pulse = broadcast.pulse(this::pulse);
        broadcast.beat();
        assertThat(asked).as("nobody watches").hasValue(0);

        List<LiveEvent> seen = new ArrayList<>();
        Live.Watching watching = broadcast.watch(seen::add);
        broadcast.beat();
        assertThat(seen).containsExactly(event);

        pulse.close();
        pulse.close();
        broadcast.beat();
        assertThat(asked).hasValue(1);
        watching.close();
    }

    @Test
    void a_watcher_that_fails_keeps_no_other_from_being_told() {
        List<LiveEvent> seen = new ArrayList<>();
        broadcast.watch(each -> {
            throw new IllegalStateException("as the test wants it");
        });
        broadcast.watch(seen::add);
        broadcast.pulse(this::pulse);
        broadcast.pulse(() -> event);
        broadcast.beat();
        assertThat(seen).containsExactly(event, event);
    }
}
