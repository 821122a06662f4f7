package dev.agentrunner.http.calls;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentrunner.http.request.Answer;
import dev.agentrunner.http.request.Request;
import dev.agentrunner.http.request.Route;
import dev.agentrunner.http.view.Shown;
import dev.agentrunner.spi.model.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Serves the document that describes this API. */
public final class DocumentCall {

    private final byte[] document;

    /**
     * The document for an API that is mounted there.
     *
     * @param base empty: at the root
     */
    public DocumentCall(String base) {
        ObjectNode tree = read();
        tree.putArray("servers").addObject().put("url", base.isEmpty() ? "/" : base);
        document = tree.toString().getBytes(StandardCharsets.UTF_8);
    }

    public List<Route> routes() {
        return List.of(Route.get("/openapi.json", this::document));
    }

    private Answer document(Request request) {
        request.readsJson();
        request.query().only();
        return Answer.bytes(200, "application/json", document);
    }

    private static ObjectNode read() {
        try (InputStream in = DocumentCall.class.getResourceAsStream("/dev/agentrunner/http/openapi.json")) {
            if (in == null) {
                throw new IllegalStateException("openapi.json is missing in the jar: build it again");
            }
            return (ObjectNode) Shown.tree(new Json(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
