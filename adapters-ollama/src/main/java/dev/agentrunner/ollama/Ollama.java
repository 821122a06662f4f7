package dev.agentrunner.ollama;

import dev.agentrunner.ollama.chat.Chats;
import dev.agentrunner.ollama.http.Endpoint;
import dev.agentrunner.ollama.http.OllamaHost;
import dev.agentrunner.spi.llm.ChatRequest;
import dev.agentrunner.spi.llm.Delta;
import dev.agentrunner.spi.llm.Generation;
import dev.agentrunner.spi.llm.ModelException;
import dev.agentrunner.spi.llm.ModelLibrary;
import dev.agentrunner.spi.llm.ModelProvider;
import dev.agentrunner.spi.llm.PullProgress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Models served by Ollama, as {@code ollama/<model>}. Immutable and thread-safe; holds nothing that must be closed.
 *
 * <p>Speaks Ollama's native HTTP API ({@code docs/api.md} and {@code docs/openapi.yaml} of its sources). Generations
 * occupy no thread while they wait; their deltas are told by threads of the JDK's HTTP client. No time limit is kept
 * but that of connecting, and nothing is sent twice, except after {@linkplain Builder#pullMissing a missing model was
 * fetched}.
 */
public final class Ollama implements ModelProvider {

    private final Endpoint endpoint;
    private final Chats chats;
    private final OllamaClient client;
    private final Library library;

    private Ollama(Endpoint endpoint, Duration connectTimeout, @Nullable Consumer<PullProgress> pulls) {
        this.endpoint = endpoint;
        this.chats = new Chats(endpoint, pulls);
        this.client = new OllamaClient(endpoint, connectTimeout);
        this.library = new Library(endpoint, connectTimeout);
    }

    /**
     * The server at an address such as {@code http://127.0.0.1:11434}, perhaps with a path.
     *
     * @throws IllegalArgumentException if HTTP cannot call it
     */
    public static Ollama at(URI base) {
        return builder().at(base).build();
    }

    /**
     * The server that the environment variable {@code OLLAMA_HOST} names, in any form that Ollama itself accepts;
     * {@code http://127.0.0.1:11434} if it is not set.
     *
     * @throws IllegalArgumentException if the variable names no address that HTTP can call
     */
    public static Ollama fromEnvironment() {
        return builder().build();
    }

    public static Builder builder() {
        return new Builder(InstantSource.system());
    }

    @Override
    public String name() {
        return "ollama";
    }

    /** Where it is called. */
    public URI base() {
        return endpoint.base();
    }

    /**
     * {@inheritDoc}
     *
     * <p>The options are those of a Modelfile, such as {@code num_ctx}; {@code keep_alive}, {@code truncate} and {@code
     * shift} may be among them. A request that cannot be written fails its generation with {@link ModelException.Kind#BAD_REQUEST}.
     */
    @Override
    public Generation generate(ChatRequest request, Consumer<Delta> deltas) {
        return chats.begin(request, deltas);
    }

    @Override
    public Optional<ModelLibrary> library() {
        return Optional.of(library);
    }

    /** The rest of Ollama's API. */
    public OllamaClient client() {
        return client;
    }

    @Override
    public String toString() {
        return "Ollama at " + base();
    }

    /** Settings. Not thread-safe. */
    public static final class Builder {

        private final InstantSource clock;
        private final Map<String, String> headers = new LinkedHashMap<>();
        private @Nullable URI base;
        private Duration connectTimeout = ChatRequest.CONNECT_TIMEOUT;
        private @Nullable ProxySelector proxy;
        private boolean pullMissing;
        private Consumer<PullProgress> pullProgress = progress -> {};

        Builder(InstantSource clock) {
            this.clock = clock;
        }

        /** The server; that of {@code OLLAMA_HOST} unless given. */
        public Builder at(URI base) {
            this.base = Objects.requireNonNull(base);
            return this;
        }

        /**
         * The server, in any form that {@code OLLAMA_HOST} takes; empty: on this machine.
         *
         * @throws IllegalArgumentException if it names no address that HTTP can call
         */
        public Builder host(String variable) {
            return at(OllamaHost.address(variable));
        }

        /** For everything but generations, whose requests bring their own. */
        public Builder connectTimeout(Duration timeout) {
            if (timeout.isNegative() || timeout.isZero()) {
                throw new IllegalArgumentException("A time limit for connecting is positive, not " + timeout);
            }
            connectTimeout = timeout;
            return this;
        }

        /**
         * Sent with every request, such as {@code Authorization}.
         *
         * @throws IllegalArgumentException if HTTP, or the JDK's client, allows no such header
         */
        public Builder header(String name, String value) {
            HttpRequest.newBuilder().header(name, value);
            headers.put(name, value);
            return this;
        }

        /** The JDK's default unless given. */
        public Builder proxy(ProxySelector selector) {
            proxy = Objects.requireNonNull(selector);
            return this;
        }

        /**
         * Whether a generation whose model is missing fetches it, and then asks again. That can take as long as
         * gigabytes take; closing the generation ends it.
         */
        public Builder pullMissing(boolean whether) {
            pullMissing = whether;
            return this;
        }

        /** Told how fetching a missing model goes; must return quickly. What it throws fails the generation. */
        public Builder pullProgress(Consumer<PullProgress> listener) {
            pullProgress = Objects.requireNonNull(listener);
            return this;
        }

        /**
         * Calls nobody yet.
         *
         * @throws IllegalArgumentException if HTTP cannot call the address
         */
        public Ollama build() {
            URI at = base;
            if (at == null) {
                String variable = System.getenv("OLLAMA_HOST");
                at = OllamaHost.address(variable == null ? "" : variable);
            }
            return new Ollama(
                    new Endpoint(at, headers, proxy, clock), connectTimeout, pullMissing ? pullProgress : null);
        }
    }
}
