package dev.agentrunner.benchmarks.http;

import java.net.URI;

/**
 * One call that is made again and again.
 *
 * @param body of a post; empty: it is a get
 */
record Target(String name, URI uri, String body) {

    boolean posts() {
        return !body.isEmpty();
    }
}
