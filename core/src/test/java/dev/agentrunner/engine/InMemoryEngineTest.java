package dev.agentrunner.engine;

import dev.agentrunner.memory.InMemoryStore;
import dev.agentrunner.spi.store.Store;
import dev.agentrunner.tck.fault.KeptStore;

/** The engine on the in-memory store. */
class InMemoryEngineTest extends EngineSuite {

    private final Store store = new KeptStore(new InMemoryStore());

    @Override
    protected Store connect() {
        return store;
    }
}
