package dev.agentrunner.llm.scripted;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentrunner.spi.llm.ChatRequest;
import dev.agentrunner.spi.llm.Delta;
import dev.agentrunner.spi.llm.Generation;
import dev.agentrunner.spi.llm.ModelException;
import dev.agentrunner.spi.llm.ModelException.Kind;
import dev.agentrunner.spi.llm.ModelProvider;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;

/**
 * Plays a cassette back. A request gets the recorded answer of an equal one, with its timing; of several equal ones
 * the first that was not played yet, and the last again once all were. One that is not on the cassette fails with
 * {@link Kind#BAD_REQUEST}, and the message says how it differs from the nearest that is. Thread-safe.
 */
public final class ScriptedProvider implements ModelProvider {

    private final String name;
    private final double slowness;
    private final ScheduledExecutorService timer;
    private final List<Interaction> left; // guarded by itself
    private final List<Interaction> all;

    /**
     * A provider in place of another one.
     *
     * @param name of the provider that is played
     * @param slowness 1.0: as slow as recorded; 0.0: at once
     * @param timer on whose threads deltas are told
     */
    public ScriptedProvider(String name, Cassette cassette, double slowness, ScheduledExecutorService timer) {
        if (!(slowness >= 0)) {
            throw new IllegalArgumentException("Slowness is at least 0, not " + slowness);
        }
        this.name = name;
        this.slowness = slowness;
        this.timer = timer;
        this.all = cassette.interactions();
        this.left = new ArrayList<>(all);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean isScripted() {
        return true;
    }

    @Override
    public Generation generate(ChatRequest request, Consumer<Delta> deltas) {
        Playback playback = new Playback(find(CassetteFormat.request(request)), deltas, timer, slowness);
        playback.begin();
        return playback;
    }

    private Interaction find(JsonNode request) {
        synchronized (left) {
            for (Interaction each : left) {
                if (each.request().equals(request)) {
                    left.remove(each);
                    return each;
                }
            }
        }
        return all.stream()
                .filter(each -> each.request().equals(request))
                .reduce((first, second) -> second)
                .orElseThrow(() -> unknown(request));
    }

    private ModelException unknown(JsonNode request) {
        String nearest = all.stream()
                .map(Interaction::request)
                .min(Comparator.comparingInt(recorded -> Difference.count(recorded, request)))
                .map(recorded -> " The nearest request on it differs in\n  "
                        + String.join("\n  ", Difference.between(recorded, request)))
                .orElse(" It is empty.");
        return new ModelException(
                Kind.BAD_REQUEST,
                "The cassette of provider " + name + " has no answer to this request; record it anew, or ask what was"
                        + " recorded." + nearest);
    }
}
