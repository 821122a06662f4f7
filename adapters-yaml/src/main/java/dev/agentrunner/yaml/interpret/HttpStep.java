package dev.agentrunner.yaml.interpret;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentrunner.spi.model.Json;
import dev.agentrunner.workflow.AttemptFailedException;
import dev.agentrunner.workflow.RunContext;
import dev.agentrunner.workflow.StepContext;
import dev.agentrunner.workflow.StepOptions;
import dev.agentrunner.workflow.TerminalFailureException;
import dev.agentrunner.yaml.definition.Action;
import dev.agentrunner.yaml.definition.StepDefinition;
import dev.agentrunner.yaml.definition.StepDefinition.ArtifactDefinition;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Asks a server over HTTP. */
final class HttpStep {

    private static final int MOST_BYTES = 10 << 20;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Set<Integer> PASSING = Set.of(408, 425, 429);

    private HttpStep() {}

    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(10))
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();

    static JsonNode execute(RunContext run, StepDefinition step, Action.Http http, Scope scope) {
        ArtifactDefinition artifact = step.artifact();
        StepOptions options = step.options().kind("http");
        StepOptions bounded = options.timeout() == null ? options.timeout(PATIENCE) : options;
        return run.step(step.name(), StepList.JSON, bounded, context -> {
            HttpRequest request = request(http, scope);
            String kept = artifact == null ? null : scope.text(artifact.name());
            ObjectNode answer = ask(context, request);
            int status = answer.get("status").intValue();
            if (status >= 400 && !http.allowFailure()) {
                throw failure(request, status, answer.get("body"));
            }
            if (artifact != null && kept != null) {
                byte[] body = Texts.of(answer.get("body")).getBytes(StandardCharsets.UTF_8);
                context.artifact(kept, artifact.kind(), StepList.mediaType(artifact, kept), body);
            }
            return answer;
        });
    }

    private static HttpRequest request(Action.Http http, Scope scope) {
        String url = scope.text(http.url());
        @Nullable JsonNode body = scope.renderIfAny(http.body());
        try {
            URI uri = URI.create(url);
            HttpRequest.Builder builder = HttpRequest.newBuilder(uri)
                    // Some servers hang on the offer to upgrade that comes with plain http otherwise.
                    .version("https".equals(uri.getScheme()) ? Version.HTTP_2 : Version.HTTP_1_1)
                    .method(
                            http.method(),
                            body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(Texts.of(body)));
            if (body != null && !body.isTextual()) {
                builder.setHeader("Content-Type", "application/json");
            }
            Map<String, String> headers = Texts.byName(scope.renderIfAny(http.headers()), "http.headers");
            headers.forEach(builder::setHeader);
            return builder.build();
        } catch (IllegalArgumentException e) {
            throw new TerminalFailureException(
                    "bad_request", "'" + url + "' cannot be asked with " + http.method() + ": " + e.getMessage(), e);
        }
    }

    private static ObjectNode ask(StepContext context, HttpRequest request) throws InterruptedException {
        context.cancellation().throwIfRequested();
        try {
            HttpResponse<InputStream> response = CLIENT.send(request, BodyHandlers.ofInputStream());
            ObjectNode answer = JsonNodeFactory.instance.objectNode();
            answer.put("status", response.statusCode());
            ObjectNode headers = answer.putObject("headers");
            response.headers().map().forEach((name, values) -> headers.put(name, String.join(", ", values)));
            answer.set("body", body(context, response));
            return answer;
        } catch (IOException e) {
            throw new AttemptFailedException(
                    "connection",
                    "No answer from " + request.uri() + ": " + e.getClass().getSimpleName() + " " + e.getMessage(),
                    e);
        }
    }

    private static JsonNode body(StepContext context, HttpResponse<InputStream> response) throws IOException {
        byte[] bytes;
        try (InputStream in = response.body()) {
            // A reader that waits for a stalled server notices no interrupt, but it does that the stream is closed.
            context.cancellation().onRequest(() -> close(in));
            bytes = in.readNBytes(MOST_BYTES + 1);
        }
        if (bytes.length > MOST_BYTES) {
            throw new TerminalFailureException(
                    "too_large",
                    "The answer of " + response.uri() + " has more than the " + MOST_BYTES
                            + " bytes that a step takes; fetch it with a command into the workspace");
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        boolean json = response.headers()
                .firstValue("Content-Type")
                .filter(type -> type.matches("(?i)application/([a-z0-9.+-]+\\+)?json\\b.*"))
                .isPresent();
        return json ? parsed(text) : JsonNodeFactory.instance.textNode(text);
    }

    private static JsonNode parsed(String text) {
        try {
            return Json.parse(text).tree();
        } catch (IllegalArgumentException e) {
            return JsonNodeFactory.instance.textNode(text);
        }
    }

    private static void close(InputStream in) {
        try {
            in.close();
        } catch (IOException e) {
            // It is to be gone, and so it is.
            return;
        }
    }

    private static RuntimeException failure(HttpRequest request, int status, JsonNode body) {
        String said = Texts.of(body).strip();
        String message = request.uri() + " answered with status " + status
                + (said.isEmpty() ? "" : ": " + said.substring(0, Math.min(500, said.length())));
        return status >= 500 || PASSING.contains(status)
                ? new AttemptFailedException("http_status", message)
                : new TerminalFailureException("http_status", message);
    }
}
