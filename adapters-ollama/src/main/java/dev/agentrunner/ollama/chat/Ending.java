package dev.agentrunner.ollama.chat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentrunner.ollama.http.Fields;
import dev.agentrunner.spi.llm.FinishReason;
import dev.agentrunner.spi.llm.Usage;

/** What the last line of an answer says about the whole. */
public record Ending(FinishReason finishReason, Usage usage) {

    /** Counts that are absent are 0: Ollama leaves such fields out. */
    public static Ending of(JsonNode lastLine, boolean hasToolCalls) {
        FinishReason reason = switch (Fields.text(lastLine, "done_reason")) {
            case "", "stop" -> hasToolCalls ? FinishReason.TOOL_CALLS : FinishReason.STOP;
            case "length" -> FinishReason.LENGTH;
            default -> FinishReason.OTHER;
        };
        return new Ending(
                reason, new Usage(Fields.count(lastLine, "prompt_eval_count"), Fields.count(lastLine, "eval_count")));
    }
}
