package dev.agentrunner.tck;

import dev.agentrunner.spi.catalog.RunView;
import dev.agentrunner.spi.model.NodeId;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.queue.NodeBeat;
import dev.agentrunner.spi.store.Store;
import dev.agentrunner.tck.fixture.Ids;
import dev.agentrunner.tck.fixture.Runs;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/**
 * Gives every test a store without a single run, and takes it away afterwards.
 *
 * <p>The suites read time from the store, never from the machine, and wait for none of it.
 */
@Timeout(120)
abstract class WithStore {

    final NodeId alice = Ids.node();
    final NodeId bob = Ids.node();
    private Optional<Store> opened = Optional.empty();
    private Optional<Runs> script = Optional.empty();

    abstract StoreContract adapter();

    @BeforeEach
    final void openStore() throws Exception {
        Store store = adapter().open();
        opened = Optional.of(store);
        script = Optional.of(new Runs(store));
    }

    @AfterEach
    final void closeStore() throws Exception {
        opened.ifPresent(Store::close);
        adapter().dispose();
    }

    final Store store() {
        return opened.orElseThrow();
    }

    final Runs runs() {
        return script.orElseThrow();
    }

    /** The store's clock. */
    final Instant storeTime() {
        NodeId passer = Ids.node();
        Instant now = store().queue().beat(new NodeBeat(passer, 1));
        store().queue().leave(passer);
        return now;
    }

    final RunView view(RunId run) {
        return store().catalog().run(run).orElseThrow(() -> new AssertionError("run " + run + " is gone"));
    }
}
