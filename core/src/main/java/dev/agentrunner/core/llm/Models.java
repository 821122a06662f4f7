package dev.agentrunner.core.llm;

import dev.agentrunner.core.live.Broadcast;
import dev.agentrunner.llm.Budget;
import dev.agentrunner.llm.ModelSettings;
import dev.agentrunner.llm.Price;
import dev.agentrunner.spi.llm.ModelProvider;
import dev.agentrunner.spi.llm.Usage;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The models that this node may ask. Thread-safe. */
public final class Models {

    private static final Map<String, Price> KNOWN_PRICES = Map.of("ollama/*", Price.FREE);

    private final ModelSettings settings;
    private final Map<String, ModelProvider> providers = new TreeMap<>();
    private final Map<String, Price> prices = new HashMap<>(KNOWN_PRICES);
    private final Map<String, Semaphore> rooms = new ConcurrentHashMap<>();
    private final Broadcast live = new Broadcast();

    /**
     * Takes the settings.
     *
     * @throws IllegalArgumentException if two providers have the same name
     */
    public Models(ModelSettings settings) {
        this.settings = settings;
        for (ModelProvider provider : settings.providers()) {
            if (providers.put(provider.name(), provider) != null) {
                throw new IllegalArgumentException("Two providers are named '" + provider.name() + "'");
            }
        }
        prices.putAll(settings.prices());
        settings.limits().forEach((model, most) -> rooms.put(model, new Semaphore(most, true)));
    }

    /**
     * Finds who is asked.
     *
     * @param name {@code provider/model}
     * @throws UnknownProviderException if there is no such provider
     */
    Route route(String name) {
        int slash = name.indexOf('/');
        ModelProvider provider = slash < 1 ? null : providers.get(name.substring(0, slash));
        if (provider == null || slash == name.length() - 1) {
            throw new UnknownProviderException(name, providers.keySet());
        }
        return new Route(provider, name.substring(slash + 1));
    }

    /** What it costs; null if no price is known. */
    @Nullable BigDecimal cost(Route route, Usage usage) {
        Price price = prices.getOrDefault(route.name(), prices.get(route.ofProvider()));
        return price == null ? null : price.of(usage);
    }

    /** Waits for room for one more generation of the provider and of the model. */
    Room enter(Route route) throws InterruptedException {
        // The provider's last: who waits for a model must not take room from those who ask others.
        List<Semaphore> needed = Stream.of(route.name(), route.ofProvider())
                .map(rooms::get)
                .filter(Objects::nonNull)
                .toList();
        Room room = new Room();
        try {
            for (Semaphore each : needed) {
                each.acquire();
                room.taken.add(each);
            }
            return room;
        } catch (InterruptedException e) {
            room.close();
            throw e;
        }
    }

    /** Room for one generation, until closed. Used by one thread. */
    static final class Room implements AutoCloseable {

        private final ArrayDeque<Semaphore> taken = new ArrayDeque<>();

        @Override
        public void close() {
            while (!taken.isEmpty()) {
                taken.pop().release();
            }
        }
    }

    Duration heartbeat() {
        return settings.heartbeat();
    }

    Budget budget() {
        return settings.budget();
    }

    public Broadcast live() {
        return live;
    }

    /** In the order in which they were given. */
    public List<ModelProvider> providers() {
        return settings.providers();
    }

    /** The names of the providers. */
    public Set<String> names() {
        return Set.copyOf(providers.keySet());
    }
}
