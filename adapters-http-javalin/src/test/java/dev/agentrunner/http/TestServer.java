package dev.agentrunner.http;

import dev.agentrunner.AgentRunner;
import dev.agentrunner.AgentRunnerBuilder;
import dev.agentrunner.http.HttpOptions.Auth;
import dev.agentrunner.memory.InMemoryStore;
import dev.agentrunner.spi.access.AccessKey;
import dev.agentrunner.spi.access.Role;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.RunStatus;
import dev.agentrunner.spi.store.Store;
import dev.agentrunner.tck.fixture.ManualClock;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A server over a runner that knows {@link Offered} workflows. */
final class TestServer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    final AgentRunner runner;
    final HttpServer http;

    private TestServer(AgentRunner runner, HttpServer http) {
        this.runner = runner;
        this.http = http;
    }

    /** For everybody, in memory. */
    static TestServer open() {
        return open(new InMemoryStore(), HttpOptions.DEFAULT, builder -> builder);
    }

    /** For those who have keys, with a clock that is turned by hand. */
    static TestServer withKeys(ManualClock clock) {
        return withKeys(new InMemoryStore(), clock);
    }

    static TestServer withKeys(Store store, ManualClock clock) {
        return open(store, HttpOptions.DEFAULT.auth(Auth.KEYS).clock(clock), builder -> builder);
    }

    static TestServer open(Store store, HttpOptions options, UnaryOperator<AgentRunnerBuilder> more) {
        AgentRunnerBuilder builder = AgentRunner.builder().store(store);
        Offered.all().forEach(builder::workflow);
        AgentRunner runner = more.apply(builder).build();
        try {
            return new TestServer(runner, HttpServer.start(runner, options, "127.0.0.1", 0));
        } catch (RuntimeException e) {
            runner.close();
            throw e;
        }
    }

    ApiClient client() {
        String base = http.uri().toString();
        return new ApiClient(URI.create(base.substring(0, base.length() - 1)), Map.of());
    }

    /** Gives out a key; its id is the name. */
    String key(String name, Role role) {
        String secret = (name + "-0123456789012345678901234567890123456789012").substring(0, 43);
        runner.store().keys().add(new AccessKey(name, name, role, Instant.EPOCH, null), sha256(secret));
        return "ar_" + name + "_" + secret;
    }

    static String sha256(String text) {
        try {
            byte[] sum = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sum);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits until a run has ended. */
    RunStatus end(String run) {
        try {
            return runner.handle(RunId.parse(run)).awaitEnd(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Asks until the run has this event. */
    void has(String run, String type) {
        ApiClient client = client();
        String path = "/runs/" + run + "/events?wait=30&type=" + type;
        if (client.get(path).json().path("items").isEmpty()) {
            throw new AssertionError("No " + type + " came: " + client.get("/runs/" + run + "/events"));
        }
    }

    @Override
    public void close() {
        http.close();
        runner.close();
    }
}
