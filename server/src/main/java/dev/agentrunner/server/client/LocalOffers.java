package dev.agentrunner.server.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentrunner.AgentRunner;
import dev.agentrunner.client.UnknownWorkflowException;
import dev.agentrunner.http.view.Shown;
import dev.agentrunner.http.view.WorkflowJson;
import dev.agentrunner.spi.llm.ModelException;
import dev.agentrunner.spi.llm.ModelInfo;
import dev.agentrunner.spi.llm.ModelLibrary;
import dev.agentrunner.spi.llm.ModelProvider;
import java.util.List;

/**
 * What a runner in this process has.
 *
 * @param runner asked
 */
record LocalOffers(AgentRunner runner) implements Offers {

    @Override
    public JsonNode workflows() {
        return Shown.items(runner.workflows(), WorkflowJson::brief);
    }

    @Override
    public JsonNode workflow(String name) {
        return runner.workflows().stream()
                .filter(each -> each.ref().name().equals(name))
                .reduce((older, newer) -> newer)
                .<JsonNode>map(WorkflowJson::of)
                .orElseThrow(() -> new UnknownWorkflowException(name));
    }

    @Override
    public JsonNode providers() {
        return Shown.items(runner.providers(), LocalOffers::provider);
    }

    private static JsonNode provider(ModelProvider provider) {
        ModelLibrary library = provider.library().orElse(null);
        ObjectNode json = Shown.object()
                .put("name", provider.name())
                .put("scripted", provider.isScripted())
                .put("lists_models", library != null);
        if (library == null) {
            return json;
        }
        try {
            List<ModelInfo> models = library.models();
            ArrayNode all = json.put("reachable", true).putArray("models");
            models.forEach(model -> all.add(model(model)));
            return json;
        } catch (ModelException e) {
            return json.put("reachable", false).put("error", e.getMessage());
        }
    }

    private static JsonNode model(ModelInfo model) {
        ObjectNode json = Shown.object().put("name", model.name()).put("size_bytes", model.sizeBytes());
        model.capabilities().stream().sorted().forEach(json.putArray("capabilities")::add);
        return json;
    }
}
