package dev.agentrunner.memory;

import dev.agentrunner.spi.store.Store;
import dev.agentrunner.tck.StoreContract;
import dev.agentrunner.tck.fault.Fault;
import dev.agentrunner.tck.fixture.ManualClock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/** The contracts over a store with a fault. Not a test: {@link SuitesFailOnBrokenStoresTest} runs it. */
final class BrokenStoreSuite extends StoreContract {

    static final AtomicReference<Fault> FAULT = new AtomicReference<>(Fault.DOES_NOTHING);

    private final ManualClock clock = ManualClock.standing();

    @Override
    protected Store open() {
        return FAULT.get().in(new InMemoryStore(clock));
    }

    @Override
    protected void elapse(Duration time) {
        clock.advance(time);
    }

    @Override
    protected Duration patience() {
        return Duration.ofMillis(100);
    }
}
