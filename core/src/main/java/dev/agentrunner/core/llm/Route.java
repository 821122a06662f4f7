package dev.agentrunner.core.llm;

import dev.agentrunner.spi.llm.ModelProvider;

/** Who is asked: a provider, and its own name of the model. */
record Route(ModelProvider provider, String model) {

    /** {@code provider/model}. */
    String name() {
        return provider.name() + "/" + model;
    }

    /** The key of what holds for all models of the provider. */
    String ofProvider() {
        return provider.name() + "/*";
    }
}
