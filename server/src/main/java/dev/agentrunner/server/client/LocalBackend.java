package dev.agentrunner.server.client;

import dev.agentrunner.AgentRunner;
import dev.agentrunner.http.view.RedactedLog;
import dev.agentrunner.spi.artifact.ArtifactStore;
import dev.agentrunner.spi.log.RunLog;
import dev.agentrunner.spi.model.Json;
import dev.agentrunner.spi.store.Store;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A store, in this process. What is only read starts no node: a server that uses the same store is not disturbed.
 */
public final class LocalBackend implements Backend {

    private final Place place;
    private final Supplier<AgentRunner> starting;
    private @Nullable AgentRunner runner;

    /**
     * What is worked on.
     *
     * @param artifacts where the store's artifacts have their bytes
     * @param redact takes secrets out of what is shown
     */
    public record Place(Store store, ArtifactStore artifacts, UnaryOperator<Json> redact) {

        /** As it may be shown. */
        RunLog log() {
            return new RedactedLog(store.log(), redact);
        }
    }

    /**
     * A backend that closes the store, and the runner if it was started.
     *
     * @param starting starts a runner on the store, at most once, when a command needs one
     */
    public LocalBackend(Place place, Supplier<AgentRunner> starting) {
        this.place = place;
        this.starting = starting;
    }

    private AgentRunner runner() {
        AgentRunner started = runner == null ? starting.get() : runner;
        runner = started;
        return started;
    }

    @Override
    public Reads reads() {
        return new LocalReads(place);
    }

    @Override
    public Commands commands() {
        return new LocalCommands(place, this::runner);
    }

    @Override
    public Offers offers() {
        return new LocalOffers(runner());
    }

    @Override
    public Feed feed() {
        return new LocalFeed(place, runner);
    }

    @Override
    public void close() {
        AgentRunner started = runner;
        if (started != null) {
            started.close();
        }
        place.store().close();
    }
}
