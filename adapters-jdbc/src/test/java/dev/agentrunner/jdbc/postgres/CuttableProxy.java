package dev.agentrunner.jdbc.postgres;

import dev.agentrunner.jdbc.commit.StoreThreads;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Stands between a pool and its server, and breaks connections when that hurts most. */
public final class CuttableProxy implements AutoCloseable {

    /** What becomes of a COMMIT. */
    public enum Commit {
        FORWARDED,
        /** The server never hears of it. */
        LOST,
        /** The server does it, and its answer is lost. */
        UNANSWERED,
        /** The server waits for it in vain, and the client finds no way back to it. */
        STRANDED
    }

    /** The statement ends with a zero, unlike READ COMMITTED. */
    private static final byte[] COMMIT = "COMMIT\0".getBytes(StandardCharsets.US_ASCII);

    /**
     * Each fork of the tests has ports of its own, and gives none away twice: else one that is free because a proxy is down would
     * be taken for a new one. They are below those that systems give to whoever asks for any, to a client's own side of a
     * connection, too.
     */
    private static final int PORTS = 2_000;

    private static final int LAST_PORT = 21_000 + Integer.parseInt(System.getProperty("test.fork", "1")) * PORTS;
    private static final AtomicInteger NEXT_PORT = new AtomicInteger(LAST_PORT - PORTS);

    private final int serverPort;
    private final int port;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicInteger cut = new AtomicInteger();
    private volatile Commit next = Commit.FORWARDED;
    private volatile @Nullable ServerSocket listening;
    private @Nullable Thread accepting;

    public CuttableProxy(int serverPort) throws IOException {
        this.serverPort = serverPort;
        this.port = portOfOurOwn();
        up();
    }

    private static int portOfOurOwn() throws IOException {
        for (int candidate = NEXT_PORT.getAndIncrement();
                candidate < LAST_PORT;
                candidate = NEXT_PORT.getAndIncrement()) {
            try (ServerSocket probe = new ServerSocket(candidate, 1, InetAddress.getLoopbackAddress())) {
                return probe.getLocalPort();
            } catch (BindException e) {
                // Somebody else's: the next one.
            }
        }
        throw new BindException("No port is left below " + LAST_PORT);
    }

    /** The address of a database that leads through here. */
    public String through(String url) {
        // Without server-side prepared statements the proxy can see which message is the COMMIT.
        return url.replaceFirst(":\\d+/", ":" + port + "/") + "&prepareThreshold=0";
    }

    /** How many connections were cut at a COMMIT. */
    public int cut() {
        return cut.get();
    }

    /** Decides about the next COMMIT only. */
    public void next(Commit fate) {
        next = fate;
    }

    /** Connections are accepted again. */
    public void up() throws IOException {
        refuse();
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        listening = socket;
        accepting = StoreThreads.start("proxy-accept", () -> accept(socket));
    }

    /** Connections are refused, and those there were are gone. */
    public void down() {
        refuse();
        cutAll();
    }

    /** The port is free again not when its socket is closed, but when the thread that accepts at it has left. */
    private void refuse() {
        close(listening);
        if (accepting != null) {
            StoreThreads.join(accepting);
        }
    }

    public void cutAll() {
        sockets.forEach(CuttableProxy::close);
    }

    @Override
    public void close() {
        down();
    }

    private void accept(ServerSocket socket) {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                sockets.add(client);
                sockets.add(server);
                if (socket.isClosed()) {
                    // Accepted at the last moment: who cut all connections did not see this one.
                    close(client);
                    close(server);
                }
                StoreThreads.start("proxy-to-server", () -> toServer(client, server));
                StoreThreads.start("proxy-to-client", () -> pump(server, client));
            } catch (IOException e) {
                // The server is down, or this proxy: the client sees a connection that ends.
            }
        }
    }

    private void toServer(Socket client, Socket server) {
        byte[] buffer = new byte[1 << 16];
        try {
            InputStream in = client.getInputStream();
            OutputStream out = server.getOutputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                Commit fate = contains(buffer, n) ? take() : Commit.FORWARDED;
                if (fate == Commit.LOST) {
                    break;
                }
                if (fate == Commit.STRANDED) {
                    close(listening);
                    close(client);
                    return;
                }
                if (fate == Commit.UNANSWERED) {
                    close(client);
                }
                out.write(buffer, 0, n);
                out.flush();
            }
        } catch (IOException e) {
            // One side has gone; so does the other.
        }
        close(client);
        finish(server);
        sockets.remove(client);
    }

    private synchronized Commit take() {
        Commit fate = next;
        next = Commit.FORWARDED;
        if (fate != Commit.FORWARDED) {
            cut.incrementAndGet();
        }
        return fate;
    }

    private static boolean contains(byte[] buffer, int length) {
        for (int i = 0; i + COMMIT.length <= length; i++) {
            int k = 0;
            while (k < COMMIT.length && buffer[i + k] == COMMIT[k]) {
                k++;
            }
            if (k == COMMIT.length) {
                return true;
            }
        }
        return false;
    }

    private void pump(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // One side has gone; so does the other.
        }
        close(to);
        close(from);
        sockets.remove(from);
    }

    /** What was written arrives before the end does. */
    private static void finish(Socket server) {
        try {
            server.shutdownOutput();
        } catch (IOException e) {
            close(server);
        }
    }

    private static void close(@Nullable AutoCloseable socket) {
        try {
            if (socket != null) {
                socket.close();
            }
        } catch (Exception e) {
            // It is gone either way.
        }
    }
}
