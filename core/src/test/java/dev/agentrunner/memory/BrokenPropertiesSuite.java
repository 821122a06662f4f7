package dev.agentrunner.memory;

import dev.agentrunner.spi.store.Store;
import dev.agentrunner.tck.StoreProperties;
import dev.agentrunner.tck.fixture.ManualClock;

/** The properties over a store with a fault. Not a test: {@link SuitesFailOnBrokenStoresTest} runs it. */
final class BrokenPropertiesSuite extends StoreProperties {

    @Override
    protected Store open() {
        return BrokenStoreSuite.FAULT.get().in(new InMemoryStore(ManualClock.standing()));
    }
}
