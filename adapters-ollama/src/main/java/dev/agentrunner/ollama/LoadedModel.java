package dev.agentrunner.ollama;

import java.time.Instant;
import java.util.Optional;

/**
 * A model in memory. Immutable.
 *
 * @param sizeBytes in all memory
 * @param vramBytes in that of graphics cards
 * @param contextLength in tokens; 0 if the server does not say
 * @param expiresAt when it leaves memory unless it is used
 */
public record LoadedModel(
        String name, long sizeBytes, long vramBytes, long contextLength, Optional<Instant> expiresAt) {}
