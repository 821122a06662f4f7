package dev.agentrunner.server.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentrunner.client.ForkOptions;
import dev.agentrunner.client.SubmitOptions;
import dev.agentrunner.spi.catalog.RunQuery;
import dev.agentrunner.spi.model.Json;
import java.io.InputStream;
import java.net.URI;
import java.time.Instant;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** A server. */
public final class HttpBackend implements Backend, Reads, Commands, Offers {

    private final Http http;
    private final Feed feed;

    private HttpBackend(Http http) {
        this.http = http;
        this.feed = new HttpFeed(http, new SystemPause(), HttpFeed.PATIENCE);
    }

    /**
     * The server at an address; calls nobody yet.
     *
     * @param key empty: none is sent
     * @throws IllegalArgumentException if HTTP cannot call it
     */
    public static HttpBackend at(String url, String key) {
        URI base = URI.create(url.contains("://") ? url : "http://" + url);
        if (base.getHost() == null || !base.getScheme().matches("https?") || base.getRawQuery() != null) {
            throw new IllegalArgumentException(
                    "'" + url + "' is no address of a server; it is such as http://127.0.0.1:8080");
        }
        if (!key.matches("[!-~]*")) {
            throw new IllegalArgumentException("The API key for it has characters that no key has");
        }
        return new HttpBackend(new Http(base, key));
    }

    @Override
    public Reads reads() {
        return this;
    }

    @Override
    public Commands commands() {
        return this;
    }

    @Override
    public Offers offers() {
        return this;
    }

    @Override
    public Feed feed() {
        return feed;
    }

    @Override
    public void close() {
        // the client's threads are daemons
    }

    @Override
    public JsonNode run(String run) {
        return http.get(path(run));
    }

    @Override
    public JsonNode runs(RunQuery query) {
        StringJoiner parameters = new StringJoiner("&", "/runs?", "");
        parameters.add("limit=" + query.page().limit());
        query.statuses().forEach(status -> parameters.add("status=" + status));
        query.labels().forEach((key, value) -> parameters.add("label=" + Http.part(key + ":" + value)));
        add(parameters, "workflow", query.workflow());
        add(parameters, "q", query.text());
        add(parameters, "created_after", text(query.created().after()));
        add(parameters, "created_before", text(query.created().before()));
        add(parameters, "cursor", query.page().cursor());
        return http.get(parameters.toString());
    }

    private static @Nullable String text(@Nullable Instant moment) {
        return moment == null ? null : moment.toString();
    }

    private static void add(StringJoiner parameters, String name, @Nullable String value) {
        if (value != null) {
            parameters.add(name + "=" + Http.part(value));
        }
    }

    @Override
    public JsonNode steps(String run) {
        return http.get(path(run) + "/steps");
    }

    @Override
    public JsonNode events(String run, long after, int limit) {
        return http.get(path(run) + "/events?after=" + after + "&limit=" + limit);
    }

    @Override
    public JsonNode artifacts(String run) {
        return http.get(path(run) + "/artifacts");
    }

    @Override
    public InputStream download(String run, String artifact) {
        return http.open(path(run) + "/artifacts/" + Http.part(artifact) + "/download")
                .body();
    }

    @Override
    public JsonNode submit(String workflow, Json input, SubmitOptions options) {
        ObjectNode body = Submission.body(workflow, input, options);
        String key = options.idempotencyKey();
        return key == null ? http.post("/runs", body) : http.post("/runs", body, "Idempotency-Key", key);
    }

    @Override
    public JsonNode cancel(String run, Cancel how, @Nullable String reason) {
        ObjectNode body = reason(reason);
        if (how == Cancel.AT_ONCE) {
            body.put("force", true);
        }
        return http.post(path(run) + "/cancel", body);
    }

    @Override
    public JsonNode pause(String run, @Nullable String reason) {
        return http.post(path(run) + "/pause", reason(reason));
    }

    @Override
    public JsonNode resume(String run, @Nullable String reason) {
        return http.post(path(run) + "/resume", reason(reason));
    }

    private static ObjectNode reason(@Nullable String reason) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        return reason == null ? body : body.put("reason", reason);
    }

    @Override
    public JsonNode signal(String run, String name, Json payload) {
        return http.post(path(run) + "/signals/" + Http.part(name), payload.tree());
    }

    @Override
    public JsonNode fork(String run, ForkOptions options) {
        return http.post(path(run) + "/fork", Submission.body(options));
    }

    @Override
    public void purge(String run) {
        http.delete(path(run));
    }

    @Override
    public JsonNode workflows() {
        return http.get("/workflows");
    }

    @Override
    public JsonNode workflow(String name) {
        return http.get("/workflows/" + Http.part(name));
    }

    @Override
    public JsonNode providers() {
        return http.get("/providers");
    }

    private static String path(String run) {
        return "/runs/" + Http.part(run);
    }
}
