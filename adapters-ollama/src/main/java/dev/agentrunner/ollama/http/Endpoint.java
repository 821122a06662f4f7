package dev.agentrunner.ollama.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentrunner.spi.llm.ModelException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A server that is called. Thread-safe.
 *
 * <p>Speaks HTTP/1.1 only: the upgrade to HTTP/2 that the JDK offers on plain connections makes some servers hang. The
 * JDK knows a time limit for connecting per client only, so there is one client for each limit in use.
 */
public final class Endpoint {

    private static final int CLIENTS = 8;

    /**
     * How long a body that has told everything may take to end. Waiting at all notices what should not follow; not
     * waiting longer keeps an answer from hanging on a proxy that does not close.
     */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final Map<Duration, HttpClient> clients = new ConcurrentHashMap<>();
    private final URI base;
    private final Map<String, String> headers;
    private final @Nullable ProxySelector proxy;
    private final InstantSource clock;

    /**
     * @param base {@code http} or {@code https}, a host, perhaps a port and a path
     * @throws IllegalArgumentException if it is not like that
     */
    public Endpoint(URI base, Map<String, String> headers, @Nullable ProxySelector proxy, InstantSource clock) {
        this.base = checked(base);
        this.headers = Map.copyOf(headers);
        this.proxy = proxy;
        this.clock = clock;
    }

    public URI base() {
        return base;
    }

    /** Sends a call and returns without waiting for the network. */
    public <T> Exchange<T> send(Call call, Content<T> content) {
        Exchange<T> exchange = new Exchange<>();
        HttpClient client;
        HttpRequest request;
        try {
            client = client(call.connectTimeout());
            request = request(call);
        } catch (IllegalArgumentException e) {
            exchange.fail(new ModelException(
                    ModelException.Kind.BAD_REQUEST, "The request was not sent: " + e.getMessage(), e));
            return exchange;
        }
        exchange.send(client, request, head -> body(head, call, content), failure -> Breaks.of(failure, base));
        return exchange;
    }

    /** Sends a call whose answer is one object. */
    public Exchange<JsonNode> ask(Call call) {
        return send(call, new JsonDocument());
    }

    /** Sends a call whose answer comes in lines. */
    public <T> Exchange<T> stream(Call call, Lines<T> lines) {
        return send(call, new JsonLines<>(call, lines));
    }

    private HttpRequest request(Call call) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + call.path()))
                .header("Accept", "application/x-ndjson, application/json");
        headers.forEach(request::header);
        JsonNode body = call.body();
        if (body != null) {
            request.header("Content-Type", "application/json").POST(BodyPublishers.ofString(body.toString()));
        }
        return request.build();
    }

    private <T> Body<T> body(HttpResponse.ResponseInfo head, Call call, Content<T> content) {
        Content<T> read = head.statusCode() == 200 ? content : new Refusal<>(head, call, base, clock.instant());
        List<String> codings = head.headers().allValues("Content-Encoding").stream()
                .map(coding -> coding.strip().toLowerCase(Locale.ROOT))
                .filter(coding -> !coding.isEmpty() && !coding.equals("identity"))
                .toList();
        if (codings.isEmpty()) {
            return new Body<>(read, null, GRACE);
        }
        if (codings.equals(List.of("gzip")) || codings.equals(List.of("x-gzip"))) {
            return new Body<>(read, new Gunzip(), GRACE);
        }
        Body<T> unreadable = new Body<>(read, null, GRACE);
        unreadable.abort(new ModelException(
                ModelException.Kind.MALFORMED,
                "What answers at " + base + " sends its answer encoded as " + codings
                        + ", which was not asked for; only gzip is understood"));
        return unreadable;
    }

    private HttpClient client(Duration connectTimeout) {
        if (clients.size() >= CLIENTS && !clients.containsKey(connectTimeout)) {
            clients.clear();
        }
        return clients.computeIfAbsent(connectTimeout, this::newClient);
    }

    private HttpClient newClient(Duration connectTimeout) {
        HttpClient.Builder client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(connectTimeout);
        if (proxy != null) {
            client.proxy(proxy);
        }
        return client.build();
    }

    private static URI checked(URI base) {
        String scheme = base.getScheme();
        if (scheme == null || !scheme.matches("(?i)https?") || base.getHost() == null) {
            throw new IllegalArgumentException(
                    "The address of Ollama is http:// or https:// with a host, such as http://127.0.0.1:11434; not "
                            + base);
        }
        if (base.getRawUserInfo() != null) {
            throw new IllegalArgumentException("Credentials in the address are not sent; set a header Authorization");
        }
        if (base.getRawQuery() != null || base.getRawFragment() != null) {
            throw new IllegalArgumentException("The address of Ollama has neither query nor fragment, unlike " + base);
        }
        return URI.create(base.toString().replaceAll("/+$", ""));
    }
}
