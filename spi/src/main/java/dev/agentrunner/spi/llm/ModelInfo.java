package dev.agentrunner.spi.llm;

import java.util.Set;

/**
 * A model that can be asked.
 *
 * @param name the provider's own
 * @param sizeBytes of its weights; 0 if not known
 * @param capabilities such as {@code completion}, {@code tools}, {@code thinking}, {@code vision}; empty if not known
 */
public record ModelInfo(String name, long sizeBytes, Set<String> capabilities) {

    public ModelInfo {
        capabilities = Set.copyOf(capabilities);
    }
}
