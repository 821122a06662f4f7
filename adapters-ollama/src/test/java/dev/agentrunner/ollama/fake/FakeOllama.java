package dev.agentrunner.ollama.fake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A server that speaks Ollama's protocol on a port of its own, and misbehaves as it is told. Thread-safe.
 *
 * <p>Without being told it echoes prompts word by word, embeds texts as their lengths, and pulls any model whose name
 * does not begin with {@code unknown}. One model is installed: {@link ChatLines#MODEL}.
 */
public final class FakeOllama implements AutoCloseable {

    private final ServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool(FakeOllama::daemon);
    private final Map<String, Queue<Reply>> scripted = new ConcurrentHashMap<>();
    private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;
    private final Api api = new Api();

    private FakeOllama(ServerSocket server) {
        this.server = server;
    }

    public static FakeOllama start() {
        try {
            FakeOllama fake = new FakeOllama(new ServerSocket(0, 1_024, InetAddress.getByName("127.0.0.1")));
            fake.install(ChatLines.MODEL, "completion", "tools", "thinking");
            fake.threads.execute(fake::accept);
            return fake;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    public void install(String model, String... capabilities) {
        api.install(model, Set.of(capabilities));
    }

    /** Scripts the reply to the next request of this path for which none is scripted yet. */
    public void next(String path, Reply reply) {
        scripted.computeIfAbsent(path, any -> new ConcurrentLinkedQueue<>()).add(reply);
    }

    /** Scripts the reply to the next chat. */
    public void nextChat(Reply reply) {
        next("/api/chat", reply);
    }

    /** The oldest request that was not taken yet; waits for it. */
    public Request takeRequest() {
        try {
            Request request = requests.poll(20, TimeUnit.SECONDS);
            if (request == null) {
                throw new AssertionError("No request came");
            }
            return request;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** How many requests nobody has taken yet. */
    public int untaken() {
        return requests.size();
    }

    /** Connections that no side has closed. */
    public int openConnections() {
        return connections.size();
    }

    /** Fails unless every connection is closed within a second. */
    public void awaitNoConnections() {
        CompletableFuture<?>[] gone = connections.stream().map(Connection::gone).toArray(CompletableFuture[]::new);
        Gate.await(CompletableFuture.allOf(gone), "closed all " + gone.length + " connections", Duration.ofSeconds(1));
    }

    @Override
    public void close() {
        closed = true;
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        connections.forEach(Connection::close);
        threads.shutdownNow();
    }

    private void accept() {
        try {
            while (true) {
                Connection connection = new Connection(server.accept(), threads, this::reply);
                connections.add(connection);
                connection.gone().thenRun(() -> connections.remove(connection));
                if (closed) {
                    connection.close(); // it came while the socket was being closed, and after the others were
                    return;
                }
                threads.execute(connection::read);
            }
        } catch (IOException e) {
            // closed
        }
    }

    private Reply reply(Request request) {
        Queue<Reply> replies = scripted.get(request.path());
        Reply reply = replies == null ? null : replies.poll();
        requests.add(request);
        return reply == null ? api.answer(request) : reply;
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "fake-ollama");
        thread.setDaemon(true);
        return thread;
    }
}
