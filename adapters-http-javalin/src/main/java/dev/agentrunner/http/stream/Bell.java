package dev.agentrunner.http.stream;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Wakes one thread for one or several causes. Rings that nobody has answered yet fall together; none is lost.
 * Thread-safe, but only one thread may wait.
 */
final class Bell {

    /** The log may have grown. */
    static final int LOG = 1;
    /** Something waits in the live queue. */
    static final int LIVE = 2;
    /** Something is due. */
    static final int TIME = 4;

    private final Semaphore rung = new Semaphore(0); // holds a permit exactly while causes is not 0
    private final AtomicInteger causes = new AtomicInteger();

    void ring(int cause) {
        if (causes.getAndUpdate(before -> before | cause) == 0) {
            rung.release();
        }
    }

    /** Waits for a ring and answers all: the causes. */
    int await() throws InterruptedException {
        rung.acquire();
        return causes.getAndSet(0);
    }
}
