package dev.agentrunner.http;

import dev.agentrunner.AgentRunner;
import dev.agentrunner.http.HttpOptions.Auth;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;

/** The API and the console on a port of their own. Thread-safe. */
public final class HttpServer implements AutoCloseable {

    private final Javalin javalin;
    private final HttpApi api;
    private final String host;

    private HttpServer(Javalin javalin, HttpApi api, String host) {
        this.javalin = javalin;
        this.api = api;
        this.host = host;
    }

    /**
     * Starts serving a runner, which stays the caller's to close.
     *
     * @param host name or address to listen at
     * @param port 0: one that is free
     * @throws IllegalArgumentException if others than this machine could call without a key
     */
    public static HttpServer start(AgentRunner runner, HttpOptions options, String host, int port) {
        return start(runner, options, host, port, Limits.DEFAULT);
    }

    static HttpServer start(AgentRunner runner, HttpOptions options, String host, int port, Limits limits) {
        if (options.auth() == Auth.NONE && !isLoopback(host)) {
            throw new IllegalArgumentException("Listening at " + host + " without keys would let everybody in; set"
                    + " AGENT_RUNNER_AUTH=keys, or listen at 127.0.0.1");
        }
        HttpApi api = HttpApi.of(runner, options);
        Javalin javalin = Javalin.create(config -> {
            quiet(config);
            limits.apply(config, host, port);
            api.mount(config);
        });
        try {
            javalin.start();
        } catch (RuntimeException e) {
            api.close();
            throw e;
        }
        return new HttpServer(javalin, api, host);
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("There is no address for '" + host + "' to listen at", e);
        }
    }

    private static void quiet(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.compressionStrategy = CompressionStrategy.NONE;
        config.concurrency.useVirtualThreads = true;
    }

    public int port() {
        return javalin.port();
    }

    /** Where the API is, without its prefix. */
    public URI uri() {
        return URI.create("http://" + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port() + "/");
    }

    /** Is not ready any more, so that no new clients are sent here, and answers those that there are. */
    public void drain() {
        api.drain();
    }

    /** Stops listening and ends what is under way; clients of streams connect again elsewhere. Closing again does nothing. */
    @Override
    public void close() {
        api.close();
        javalin.stop();
    }
}
