package dev.agentrunner.core.execution;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The bodies of steps that execute at this moment. Thread-safe. */
final class Bodies {

    private final Set<Body> underWay = ConcurrentHashMap.newKeySet();

    void add(Body body) {
        underWay.add(body);
    }

    void remove(Body body) {
        underWay.remove(body);
    }

    void stopAll() {
        underWay.forEach(Body::stop);
    }
}
