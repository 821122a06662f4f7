package dev.agentrunner.server.client;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Closes itself when nothing has come for a while: a connection that is dead says nothing, and the JDK's client would read it
 * for ever. Whoever reads then meets the end, or an {@link IOException}.
 */
final class WatchedStream extends FilterInputStream {

    private final long patienceNanos;
    private final Executor later;
    private volatile long heard = System.nanoTime();
    private volatile boolean closed;

    WatchedStream(InputStream in, Duration patience) {
        super(in);
        this.patienceNanos = patience.toNanos();
        this.later = CompletableFuture.delayedExecutor(patienceNanos / 4, TimeUnit.NANOSECONDS);
        later.execute(this::look);
    }

    private void look() {
        if (closed) {
            return;
        }
        if (System.nanoTime() - heard < patienceNanos) {
            later.execute(this::look);
            return;
        }
        try {
            close();
        } catch (IOException e) {
            // It is as good as closed.
            return;
        }
    }

    @Override
    public int read() throws IOException {
        int next = super.read();
        heard = System.nanoTime();
        return next;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = super.read(bytes, offset, length);
        heard = System.nanoTime();
        return count;
    }

    @Override
    public void close() throws IOException {
        closed = true;
        super.close();
    }
}
