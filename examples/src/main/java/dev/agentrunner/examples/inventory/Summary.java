package dev.agentrunner.examples.inventory;

/** The outcome: how many files, how many bytes, and a sum over all of them. */
public record Summary(int files, long bytes, String sha256) {}
