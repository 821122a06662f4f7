package dev.agentrunner.yaml.definition;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentrunner.spi.llm.ToolSpec;
import dev.agentrunner.yaml.expression.Template;
import dev.agentrunner.yaml.source.Place;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a step does. */
public sealed interface Action {

    /** As it is recorded: the key that the file uses. */
    String kind();

    /**
     * Asks a model.
     *
     * @param model the step's own, else the default; null: there is none, so the environment or the run must name one
     * @param fallbacks asked in order when the model fails
     */
    record Llm(
            @Nullable String model,
            List<String> fallbacks,
            @Nullable Template system,
            Template prompt,
            Wishes wishes) implements Action {
        public Llm {
            fallbacks = List.copyOf(fallbacks);
        }

        /**
         * How it is to answer.
         *
         * @param format the JSON Schema of the answer; null: free text
         * @param options the provider's own, an object
         * @param thinking {@code true}, {@code false}, {@code low} to {@code max}; null leaves it to the model
         * @param tools what it may ask to be done
         */
        public record Wishes(
                @Nullable JsonNode format,
                JsonNode options,
                @Nullable String thinking,
                List<ToolSpec> tools) {
            public Wishes {
                tools = List.copyOf(tools);
            }
        }

        @Override
        public String kind() {
            return "llm";
        }
    }

    /**
     * Runs a program.
     *
     * @param run a list of texts is an argv, a text a script for {@code sh}; an expression may give either
     * @param env an object of texts
     */
    record Shell(Template run, @Nullable Template env, boolean allowFailure, boolean sandbox) implements Action {
        @Override
        public String kind() {
            return "shell";
        }
    }

    /**
     * Asks a server.
     *
     * @param headers an object of texts
     * @param body a text is sent as it is, anything else as JSON
     */
    record Http(
            String method,
            Template url,
            @Nullable Template headers,
            @Nullable Template body,
            boolean allowFailure) implements Action {
        @Override
        public String kind() {
            return "http";
        }
    }

    /**
     * Asks a person.
     *
     * @param timeout how long to wait; null: as long as it takes
     */
    record Approval(Template message, @Nullable Duration timeout, OnTimeout onTimeout) implements Action {

        /** What a silence means. */
        public enum OnTimeout {
            FAIL,
            APPROVE,
            REJECT,
            SKIP
        }

        @Override
        public String kind() {
            return "approval";
        }
    }

    /**
     * Waits.
     *
     * @param duration gives a text such as {@code 2s}
     */
    record Sleep(Template duration) implements Action {
        @Override
        public String kind() {
            return "sleep";
        }
    }

    /**
     * Writes files into the workspace.
     *
     * @param from a text, a text with marked files, or an object of texts by path
     * @param path where the text goes; null: {@code from} says it
     */
    record WriteFiles(Template from, @Nullable Template path) implements Action {
        @Override
        public String kind() {
            return "write_files";
        }
    }

    /**
     * Does the steps for each item.
     *
     * @param items gives a list
     * @param as the name under which expressions in the steps see their item
     * @param concurrency how many items at once, 1 to 64
     */
    record ForEach(Template items, String as, int concurrency, List<StepDefinition> steps) implements Action {
        public ForEach {
            steps = List.copyOf(steps);
        }

        @Override
        public String kind() {
            return "foreach";
        }
    }

    /** Does several lists of steps at once; the order of the branches is that of the file. */
    record Parallel(Map<String, List<StepDefinition>> branches) implements Action {
        public Parallel {
            branches = Collections.unmodifiableMap(new LinkedHashMap<>(branches));
        }

        @Override
        public String kind() {
            return "parallel";
        }
    }

    /**
     * Runs another workflow as a child.
     *
     * @param workflow its name
     * @param input null: an empty object
     * @param at where the file names the workflow
     */
    record RunWorkflow(String workflow, @Nullable Template input, Place at) implements Action {
        @Override
        public String kind() {
            return "run";
        }
    }
}
