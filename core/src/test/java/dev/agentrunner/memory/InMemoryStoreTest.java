package dev.agentrunner.memory;

import dev.agentrunner.spi.store.Store;
import dev.agentrunner.tck.StoreContract;
import dev.agentrunner.tck.fixture.ManualClock;
import java.time.Duration;

/** The in-memory store with a clock that stands still: all that happens, happens at once. */
final class InMemoryStoreTest extends StoreContract {

    private final ManualClock clock = ManualClock.standing();

    @Override
    protected Store open() {
        return new InMemoryStore(clock);
    }

    @Override
    protected void elapse(Duration time) {
        clock.advance(time);
    }
}
