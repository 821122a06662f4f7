package dev.agentrunner.http.view;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentrunner.spi.llm.Spending;

/** What was spent. */
final class UsageJson {

    private UsageJson() {}

    static ObjectNode of(Spending spent) {
        ObjectNode json = Shown.object()
                .put("calls", spent.calls())
                .put("input_tokens", spent.usage().inputTokens())
                .put("output_tokens", spent.usage().outputTokens());
        if (spent.costUsd() != null) {
            json.put("cost_usd", spent.costUsd());
        }
        return json;
    }
}
