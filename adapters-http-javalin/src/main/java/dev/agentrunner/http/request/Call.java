package dev.agentrunner.http.request;

/** Answers requests. Thread-safe. */
@FunctionalInterface
public interface Call {

    /**
     * Answers one.
     *
     * @throws Exception that becomes a problem
     */
    Answer answer(Request request) throws Exception;
}
