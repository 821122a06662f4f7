package dev.agentrunner.llm;

import dev.agentrunner.spi.llm.ModelProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which models this node may ask, and how. Keys are {@code provider/model}, or {@code provider/*} for all of a
 * provider's. Immutable.
 *
 * @param heartbeat how often a generation under way is recorded
 * @param prices override those of the same key that are built in
 * @param limits how many generations may be under way at once on this node
 */
public record ModelSettings(
        List<ModelProvider> providers,
        Duration heartbeat,
        Map<String, Price> prices,
        Map<String, Integer> limits,
        Budget budget) {

    /** No providers; a heartbeat every 15 s. */
    public static final ModelSettings DEFAULT =
            new ModelSettings(List.of(), Duration.ofSeconds(15), Map.of(), Map.of(), Budget.UNLIMITED);

    public ModelSettings {
        providers = List.copyOf(providers);
        prices = Map.copyOf(prices);
        limits = Map.copyOf(limits);
        if (heartbeat.isZero() || heartbeat.isNegative()) {
            throw new IllegalArgumentException("The time between heartbeats is positive, not " + heartbeat);
        }
        limits.forEach((model, most) -> {
            if (most < 1) {
                throw new IllegalArgumentException("The limit of " + model + " is at least 1, not " + most);
            }
        });
    }

    public ModelSettings provider(ModelProvider another) {
        List<ModelProvider> all = new ArrayList<>(providers);
        all.add(another);
        return new ModelSettings(all, heartbeat, prices, limits, budget);
    }

    public ModelSettings heartbeat(Duration every) {
        return new ModelSettings(providers, every, prices, limits, budget);
    }

    public ModelSettings price(String model, Price price) {
        Map<String, Price> all = new TreeMap<>(prices);
        all.put(model, price);
        return new ModelSettings(providers, heartbeat, all, limits, budget);
    }

    public ModelSettings limit(String model, int atOnce) {
        Map<String, Integer> all = new TreeMap<>(limits);
        all.put(model, atOnce);
        return new ModelSettings(providers, heartbeat, prices, all, budget);
    }

    /** What each run may spend. */
    public ModelSettings budget(Budget most) {
        return new ModelSettings(providers, heartbeat, prices, limits, most);
    }
}
