package dev.agentrunner.server.command;

import dev.agentrunner.AgentRunner;
import dev.agentrunner.memory.InMemoryStore;
import dev.agentrunner.server.client.Backend;
import dev.agentrunner.server.client.HttpBackend;
import dev.agentrunner.server.client.LocalBackend;
import dev.agentrunner.server.client.LocalBackend.Place;
import dev.agentrunner.server.client.UnreachableException;
import dev.agentrunner.server.config.Configuration;
import dev.agentrunner.server.config.ConfigurationException;
import dev.agentrunner.server.config.Setting;
import dev.agentrunner.server.config.Sources;
import dev.agentrunner.server.extension.Extension;
import dev.agentrunner.server.terminal.Terminal;
import dev.agentrunner.server.wiring.DataFolder;
import dev.agentrunner.server.wiring.Runners;
import dev.agentrunner.server.wiring.Stores;
import dev.agentrunner.spi.artifact.ArtifactStore;
import dev.agentrunner.spi.store.Store;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** One use of the command line: where it answers, what it was told, and what it works on. Not thread-safe. */
public final class Session {

    private final Terminal terminal;
    private final Surroundings surroundings;
    private final List<Extension> extensions;
    private final Map<String, String> flags = new HashMap<>();
    private boolean json;

    /**
     * What a process finds when it starts.
     *
     * @param environment its variables
     * @param system its system properties
     * @param zone in which people read times
     * @param input the standard input
     */
    public record Surroundings(Map<String, String> environment, Properties system, ZoneId zone, InputStream input) {}

    public Session(Terminal terminal, Surroundings surroundings, List<Extension> extensions) {
        this.terminal = terminal;
        this.surroundings = surroundings;
        this.extensions = List.copyOf(extensions);
    }

    Terminal terminal() {
        return terminal;
    }

    ZoneId zone() {
        return surroundings.zone();
    }

    InputStream input() {
        return surroundings.input();
    }

    List<Extension> extensions() {
        return extensions;
    }

    /** Whether a machine reads the answer. */
    boolean json() {
        return json;
    }

    void json(boolean whether) {
        json = whether;
    }

    void flag(String key, String value) {
        flags.put(key, value);
    }

    Configuration configuration() {
        return Sources.of(flags, surroundings.environment(), surroundings.system())
                .read();
    }

    /** The server that the settings name, or else the store, of which there must be one. */
    Backend backend() {
        Configuration configuration = configuration();
        return isRemote(configuration) ? remote(configuration) : local(configuration, 0);
    }

    /** As {@link #backend()}; a store is made if there is none, and this process executes its runs. */
    Backend executing() {
        Configuration configuration = configuration();
        return isRemote(configuration)
                ? remote(configuration)
                : local(configuration, Math.max(1, configuration.number(Setting.WORKERS)));
    }

    /** As {@link #backend()}, for what needs no run: without a store it does with one in memory. */
    Backend offering() {
        Configuration configuration = configuration();
        if (isRemote(configuration)) {
            return remote(configuration);
        }
        Store store = new InMemoryStore();
        return new LocalBackend(
                new Place(store, store.artifacts(), AgentRunner.redacting(configuration.secrets())),
                () -> new Runners(configuration, extensions).start(store, store.artifacts(), 0));
    }

    static boolean isRemote(Configuration configuration) {
        return configuration.given(Setting.URL).isPresent();
    }

    private static Backend remote(Configuration configuration) {
        try {
            return HttpBackend.at(configuration.text(Setting.URL), configuration.text(Setting.KEY));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(configuration.origin(Setting.URL) + ": " + e.getMessage());
        }
    }

    private Backend local(Configuration configuration, int workers) {
        if (workers == 0) {
            requireStore(configuration);
        }
        Store store = Stores.open(configuration);
        try {
            ArtifactStore artifacts = Stores.artifacts(configuration, store);
            Runners runners = new Runners(configuration, extensions);
            Place place = new Place(store, artifacts, AgentRunner.redacting(configuration.secrets()));
            return new LocalBackend(place, () -> runners.start(store, artifacts, workers));
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    /** The store itself, which the caller closes. */
    Store store() {
        return Stores.open(configuration());
    }

    private static void requireStore(Configuration configuration) {
        Path file = DataFolder.of(configuration).database();
        if (!Stores.onPostgres(configuration) && !Files.exists(file)) {
            throw new UnreachableException(
                    "There is no store at " + file
                            + "; 'agent-runner serve' and 'agent-runner run' make one, --data names another folder, and --url a server");
        }
    }
}
