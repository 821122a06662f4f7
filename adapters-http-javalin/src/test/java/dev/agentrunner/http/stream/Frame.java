package dev.agentrunner.http.stream;

/**
 * One server-sent event as a client sees it.
 *
 * @param id empty if it has none
 * @param name empty if it has none
 */
record Frame(String id, String name, String data) {

    long number() {
        return Long.parseLong(id);
    }
}
