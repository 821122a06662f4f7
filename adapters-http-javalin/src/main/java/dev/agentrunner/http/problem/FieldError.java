package dev.agentrunner.http.problem;

/**
 * What is wrong with one part of a request.
 *
 * @param pointer a JSON Pointer into the body; {@code ?name} for a query parameter; the name of a header
 */
public record FieldError(String pointer, String detail) {}
