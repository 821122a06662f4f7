package dev.agentrunner.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.agentrunner.ollama.chat.PullStream;
import dev.agentrunner.ollama.http.Call;
import dev.agentrunner.ollama.http.Endpoint;
import dev.agentrunner.ollama.http.Exchange;
import dev.agentrunner.ollama.http.Fields;
import dev.agentrunner.spi.llm.ModelException;
import dev.agentrunner.spi.llm.ModelInfo;
import dev.agentrunner.spi.llm.ModelLibrary;
import dev.agentrunner.spi.llm.PullProgress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** The models that a server has. */
record Library(Endpoint endpoint, Duration connectTimeout) implements ModelLibrary {

    /** Of so many models older servers are asked for the capabilities; newer ones list them with the models. */
    private static final int MOST_SHOWN = 16;

    @Override
    public List<ModelInfo> models() {
        List<JsonNode> listed =
                Fields.list(endpoint.ask(Call.get("/api/tags", connectTimeout)).await(), "models");
        List<ModelInfo> models = new ArrayList<>();
        int shown = 0;
        for (JsonNode model : listed) {
            String name = Fields.text(model, "name");
            Set<String> capabilities = capabilities(model);
            if (capabilities.isEmpty() && shown < MOST_SHOWN) {
                shown++;
                capabilities = show(name);
            }
            models.add(new ModelInfo(name, Fields.count(model, "size"), capabilities));
        }
        return List.copyOf(models);
    }

    @Override
    public void pull(String model, Consumer<PullProgress> progress) {
        try (Exchange<Boolean> pulling =
                endpoint.stream(PullStream.call(model, connectTimeout), new PullStream(progress))) {
            pulling.await();
        }
    }

    /** A model may have gone since it was listed, or be of no use; that is no reason to list none. */
    private Set<String> show(String model) {
        JsonNode body = JsonNodeFactory.instance.objectNode().put("model", model);
        try {
            return capabilities(endpoint.ask(Call.post("/api/show", body, model, connectTimeout))
                    .await());
        } catch (ModelException e) {
            if (e.kind() == ModelException.Kind.CANCELED) {
                throw e;
            }
            return Set.of();
        }
    }

    private static Set<String> capabilities(JsonNode in) {
        Set<String> names = new HashSet<>();
        Fields.list(in, "capabilities").forEach(name -> names.add(name.asText()));
        return names;
    }
}
