package dev.agentrunner.spi.llm;

import java.util.List;
import java.util.function.Consumer;

/** The models of a provider. Blocking calls. Thread-safe. */
public interface ModelLibrary {

    /**
     * Those that can be asked now.
     *
     * @throws ModelException if the provider does not answer
     */
    List<ModelInfo> models();

    /**
     * Fetches a model, if the provider can; returns once it can be asked. An interrupt ends it.
     *
     * @throws ModelException if that fails
     */
    void pull(String model, Consumer<PullProgress> progress);
}
