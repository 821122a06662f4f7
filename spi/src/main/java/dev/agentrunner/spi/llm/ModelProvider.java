package dev.agentrunner.spi.llm;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * A source of model completions. Thread-safe.
 *
 * <p>A provider keeps no time but the one for connecting, tries nothing twice and hides nothing: when to give up, to
 * try again or to ask another model is the engine's to decide.
 */
public interface ModelProvider {

    /** What stands before the slash in {@code provider/model}: {@code [a-z0-9][a-z0-9-]*}. */
    String name();

    /**
     * Begins a generation and returns without waiting for the network.
     *
     * @param request whose model is the provider's own name of it, without the provider
     * @param deltas told one after the other, in the order of the stream, by a thread of the provider's; must return
     *     quickly. Nothing is told after the answer has completed. What it throws ends the generation as {@link
     *     ModelException.Kind#CANCELED}
     * @throws ModelException if it is clear at once that there will be no answer
     */
    Generation generate(ChatRequest request, Consumer<Delta> deltas);

    /** Whether answers are played back instead of made; runs that use it are labelled so. */
    default boolean isScripted() {
        return false;
    }

    /** The models behind it, where they can be listed. */
    default Optional<ModelLibrary> library() {
        return Optional.empty();
    }
}
