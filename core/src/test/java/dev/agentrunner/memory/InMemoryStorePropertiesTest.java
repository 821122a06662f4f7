package dev.agentrunner.memory;

import dev.agentrunner.spi.store.Store;
import dev.agentrunner.tck.StoreProperties;
import dev.agentrunner.tck.fixture.ManualClock;

final class InMemoryStorePropertiesTest extends StoreProperties {

    @Override
    protected Store open() {
        return new InMemoryStore(ManualClock.standing());
    }
}
