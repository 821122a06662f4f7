package dev.agentrunner.ollama;

import java.util.List;

/**
 * Texts as vectors.
 *
 * @param vectors one for each text, in their order
 * @param inputTokens of all texts; 0 if the server does not say
 */
public record Embeddings(List<float[]> vectors, long inputTokens) {

    public Embeddings {
        vectors = List.copyOf(vectors);
    }
}
