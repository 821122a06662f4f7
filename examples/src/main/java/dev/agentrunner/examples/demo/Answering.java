package dev.agentrunner.examples.demo;

import dev.agentrunner.llm.scripted.Cassette;
import dev.agentrunner.llm.scripted.ScriptedProvider;
import dev.agentrunner.ollama.Ollama;
import dev.agentrunner.spi.llm.ModelException;
import dev.agentrunner.spi.llm.ModelProvider;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Who answers the demo's prompts: an Ollama if one does, else a cassette.
 *
 * @param about for people
 * @param closing what is to be done when the demo is over
 */
record Answering(ModelProvider provider, String about, Runnable closing) implements AutoCloseable {

    /** Set to anything, it has the cassette answer whatever is there. */
    private static final String CASSETTE = "AGENT_RUNNER_CASSETTE";

    private static final Duration SOON = Duration.ofSeconds(2);

    static Answering find(Map<String, String> environment) throws IOException {
        Ollama ollama = Ollama.builder().connectTimeout(SOON).pullMissing(true).build();
        if (environment.getOrDefault(CASSETTE, "").isEmpty()) {
            try {
                String version = ollama.client().version();
                return new Answering(ollama, "Ollama " + version + " at " + ollama.base() + " answers.", () -> {});
            } catch (ModelException e) {
                return scripted(
                        "No Ollama answers at " + ollama.base() + " (OLLAMA_HOST names another): a cassette does.");
            }
        }
        return scripted("A cassette answers, as " + CASSETTE + " says.");
    }

    private static Answering scripted(String about) throws IOException {
        try (InputStream in = Answering.class.getResourceAsStream("quarkus-bootstrap-v1.cassette.json")) {
            Cassette cassette = Cassette.read(Objects.requireNonNull(in, "the cassette is part of the jar"));
            ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
            return new Answering(new ScriptedProvider("ollama", cassette, 1, timer), about, timer::shutdownNow);
        }
    }

    @Override
    public void close() {
        closing.run();
    }
}
