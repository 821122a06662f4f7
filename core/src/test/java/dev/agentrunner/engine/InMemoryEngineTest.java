package dev.agentrunner.engine;

import dev.agentrunner.memory.InMemoryStore;
import dev.agentrunner.spi.store.Store;
import java.time.InstantSource;

/** The engine on the in-memory store. */
class InMemoryEngineTest extends StepsContract {

    private final InMemoryStore store = new InMemoryStore(InstantSource.system());

    @Override
    protected Store connect() {
        return store;
    }
}
