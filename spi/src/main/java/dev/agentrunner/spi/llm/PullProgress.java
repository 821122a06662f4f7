package dev.agentrunner.spi.llm;

/**
 * How far fetching a model has come.
 *
 * @param status what is being done, in the provider's words
 * @param completedBytes of the part that is being fetched; 0 if that cannot be said
 * @param totalBytes of it; 0 if not known
 */
public record PullProgress(String status, long completedBytes, long totalBytes) {}
