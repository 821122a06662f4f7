package dev.agentrunner.http.calls;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.agentrunner.AgentRunner;
import dev.agentrunner.http.problem.Kind;
import dev.agentrunner.http.problem.Problem;
import dev.agentrunner.http.request.Answer;
import dev.agentrunner.http.request.Fields;
import dev.agentrunner.http.request.Request;
import dev.agentrunner.http.request.Route;
import dev.agentrunner.http.view.Shown;
import dev.agentrunner.spi.llm.ModelInfo;
import dev.agentrunner.spi.llm.ModelLibrary;
import dev.agentrunner.spi.llm.ModelProvider;
import dev.agentrunner.spi.model.Json;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Shows the providers of language models and whether they answer, and has them fetch models. */
public final class ProviderCalls implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 5;
    private static final int MOST_OF_MODEL = 200;

    private final AgentRunner runner;
    private final ExecutorService threads = ProviderThreads.start();
    private final Pulls pulls = new Pulls();

    public ProviderCalls(AgentRunner runner) {
        this.runner = runner;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/providers", this::list), Route.post("/providers/{name}/pull", "provider_pull", this::pull));
    }

    private Answer list(Request request) {
        request.readsJson();
        request.query().only();
        List<CompletableFuture<ObjectNode>> asked =
                runner.providers().stream().map(this::ask).toList();
        return Answer.json(Shown.items(asked, CompletableFuture::join));
    }

    /** Answers at once; how far it is, the list says. */
    private Answer pull(Request request) throws IOException {
        request.readsJson();
        request.query().only();
        String name = request.path("name");
        ModelProvider provider = runner.providers().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Problem.of(Kind.UNKNOWN_PROVIDER, "No provider is named '" + name + "' here"));
        Fields body = request.fields();
        String model = body.text("model", MOST_OF_MODEL);
        body.noOthers().check();
        ModelLibrary library = provider.library()
                .orElseThrow(() -> Problem.of(Kind.NOT_IMPLEMENTED, "The provider '" + name + "' fetches no models"));
        pulls.start(name, library, model, threads);
        return Answer.json(202, Shown.object().put("provider", name).put("model", model));
    }

    /** All at once, and none for ever. */
    private CompletableFuture<ObjectNode> ask(ModelProvider provider) {
        ObjectNode json = Shown.object().put("name", provider.name()).put("scripted", provider.isScripted());
        if (provider.library().isEmpty()) {
            return CompletableFuture.completedFuture(
                    json.put("lists_models", false).put("reachable", true));
        }
        ModelLibrary library = provider.library().get();
        json.put("lists_models", true).set("pulls", pulls.of(provider.name(), this::why));
        return CompletableFuture.supplyAsync(library::models, threads)
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .handle((models, error) -> error == null ? listed(json, models) : silent(json, error));
    }

    private static ObjectNode listed(ObjectNode json, List<ModelInfo> models) {
        ArrayNode all = json.put("reachable", true).putArray("models");
        for (ModelInfo model : models) {
            ArrayNode capabilities = all.addObject()
                    .put("name", model.name())
                    .put("size_bytes", model.sizeBytes())
                    .putArray("capabilities");
            model.capabilities().stream().sorted().forEach(capabilities::add);
        }
        return json;
    }

    private ObjectNode silent(ObjectNode json, Throwable error) {
        return json.put("reachable", false).put("error", why(error));
    }

    private String why(Throwable error) {
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        String why = cause instanceof TimeoutException
                ? "it did not answer within " + PATIENCE_SECONDS + " seconds"
                : String.valueOf(cause.getMessage());
        // It may quote what it was sent, key and all.
        return runner.redact(Json.of(TextNode.valueOf(why))).tree().asText();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
