package dev.agentrunner.http.stream;

/** Whether whoever opened a stream may still see it, for instance because the key has not been revoked since. */
@FunctionalInterface
public interface StillAllowed {

    /**
     * Asked again and again in the stream's own thread, which it may hold up for a while. A {@link
     * dev.agentrunner.spi.error.StoreUnavailableException} leaves the question open until the next time.
     */
    boolean stillAllowed();
}
