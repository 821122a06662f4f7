package dev.agentrunner.http.stream;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EndPoint;

/**
 * What a stream writes to. It is for the stream alone to say when the client has been silent for too long: the server's
 * own time limit for idle connections is off from when it is opened until it is closed.
 */
final class Connection implements AutoCloseable {

    private final Context ctx;
    private final EndPoint endPoint;
    private final long idleTimeout;

    Connection(Context ctx) {
        this.ctx = ctx;
        this.endPoint = ServletContextRequest.getServletContextRequest(ctx.req())
                .getConnectionMetaData()
                .getConnection()
                .getEndPoint();
        this.idleTimeout = endPoint.getIdleTimeout();
    }

    /** Takes the connection for the stream. */
    OutputStream open() {
        endPoint.setIdleTimeout(0);
        try {
            return ctx.res().getOutputStream(); // Javalin's own would compress
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Closes the socket: the servlet API has nothing that frees a thread which waits in a write. */
    void hangUp() {
        endPoint.close(new TimeoutException("The client does not read its stream"));
    }

    /** Gives the connection back to the server; the response is still to be completed. */
    @Override
    public void close() {
        endPoint.setIdleTimeout(idleTimeout);
    }
}
