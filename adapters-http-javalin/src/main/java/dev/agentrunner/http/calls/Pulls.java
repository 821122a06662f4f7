package dev.agentrunner.http.calls;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentrunner.spi.llm.ModelLibrary;
import dev.agentrunner.spi.llm.PullProgress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The models that providers fetch because somebody asked on this node: how far each is, and why the last try of one
 * failed. What succeeded is forgotten: the provider lists it. Thread-safe.
 */
final class Pulls {

    /** One of a provider's. */
    private record Wanted(String provider, String model) {}

    private record State(PullProgress progress, @Nullable Throwable failure) {}

    private static final State ASKED = new State(new PullProgress("asked for", 0, 0), null);

    private final Map<Wanted, State> states = new ConcurrentHashMap<>();

    /** Has a model fetched, unless that is under way. */
    void start(String provider, ModelLibrary library, String model, Executor threads) {
        Wanted wanted = new Wanted(provider, model);
        states.computeIfPresent(wanted, (key, old) -> old.failure() == null ? old : null);
        if (states.putIfAbsent(wanted, ASKED) == null) {
            threads.execute(() -> pull(library, wanted));
        }
    }

    private void pull(ModelLibrary library, Wanted wanted) {
        try {
            library.pull(wanted.model(), progress -> states.put(wanted, new State(progress, null)));
            states.remove(wanted);
        } catch (RuntimeException e) {
            states.computeIfPresent(wanted, (key, old) -> new State(old.progress(), e));
        }
    }

    /**
     * Those of a provider, by name of the model.
     *
     * @param why what may be said of a failure
     */
    ArrayNode of(String provider, Function<Throwable, String> why) {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        states.entrySet().stream()
                .filter(each -> each.getKey().provider().equals(provider))
                .collect(Collectors.toMap(each -> each.getKey().model(), Map.Entry::getValue))
                .entrySet()
                .stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(each -> describe(json.addObject(), each.getKey(), each.getValue(), why));
        return json;
    }

    private static void describe(ObjectNode json, String model, State state, Function<Throwable, String> why) {
        PullProgress progress = state.progress();
        json.put("model", model)
                .put("status", progress.status())
                .put("completed_bytes", progress.completedBytes())
                .put("total_bytes", progress.totalBytes());
        if (state.failure() != null) {
            json.put("error", why.apply(state.failure()));
        }
    }
}
