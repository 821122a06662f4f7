package dev.agentrunner.yaml.interpret;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentrunner.workflow.Answer;
import dev.agentrunner.workflow.ApprovalRequest;
import dev.agentrunner.workflow.Branches.Branch;
import dev.agentrunner.workflow.MediaTypes;
import dev.agentrunner.workflow.ResultType;
import dev.agentrunner.workflow.RunContext;
import dev.agentrunner.workflow.StepOptions;
import dev.agentrunner.workflow.TerminalFailureException;
import dev.agentrunner.yaml.definition.Action;
import dev.agentrunner.yaml.definition.Durations;
import dev.agentrunner.yaml.definition.StepDefinition;
import dev.agentrunner.yaml.definition.StepDefinition.ArtifactDefinition;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Executes a list of steps, one after the other, in one branch of a run. */
record StepList(RunContext run, Host host) {

    static final ResultType<JsonNode> JSON = ResultType.of(JsonNode.class);

    /** The result of the last step; null if there is none. */
    JsonNode execute(List<StepDefinition> steps, Scope scope) {
        JsonNode last = NullNode.getInstance();
        for (StepDefinition step : steps) {
            last = result(step, scope);
            scope.done(step.name(), last);
        }
        return last;
    }

    private JsonNode result(StepDefinition step, Scope scope) {
        JsonNode when = scope.renderIfAny(step.when());
        if (when != null && !Texts.isTrue(when)) {
            run.skip(step.name(), recordedKind(step.action()), "when gave " + shortened(when));
            return NullNode.getInstance();
        }
        Action action = step.action();
        if (action instanceof Action.Llm llm) {
            return new LlmStep(run, host).execute(step, llm, scope);
        }
        if (action instanceof Action.Shell shell) {
            return ShellStep.execute(run, step, shell, scope);
        }
        if (action instanceof Action.Http http) {
            return HttpStep.execute(run, step, http, scope);
        }
        if (action instanceof Action.WriteFiles files) {
            return FilesStep.execute(run, step, files, scope);
        }
        JsonNode result = ofTheEngine(step, action, scope);
        keep(step, result, scope);
        return result;
    }

    /** As the engine records steps that it does itself. */
    private static String recordedKind(Action action) {
        if (action instanceof Action.ForEach) {
            return "map";
        }
        return action.kind();
    }

    private JsonNode ofTheEngine(StepDefinition step, Action action, Scope scope) {
        if (action instanceof Action.Approval approval) {
            return approval(step, approval, scope);
        }
        if (action instanceof Action.Sleep sleep) {
            run.sleep(step.name(), duration(scope.text(sleep.duration())));
            return NullNode.getInstance();
        }
        if (action instanceof Action.ForEach each) {
            return foreach(step, each, scope);
        }
        if (action instanceof Action.Parallel parallel) {
            return parallel(step, parallel, scope);
        }
        return child(step, (Action.RunWorkflow) action, scope);
    }

    private static Duration duration(String text) {
        Duration parsed = Durations.parse(text);
        if (parsed == null) {
            throw new TerminalFailureException(
                    "expression_failed", "'" + text + "' is no duration; write 500ms, 2s, 10m, 3h or 3d");
        }
        return parsed;
    }

    private JsonNode approval(StepDefinition step, Action.Approval approval, Scope scope) {
        Duration timeout = approval.timeout() == null ? step.options().timeout() : approval.timeout();
        ApprovalRequest.OnTimeout onTimeout =
                ApprovalRequest.OnTimeout.valueOf(approval.onTimeout().name());
        Answer answer =
                run.approval(step.name(), new ApprovalRequest(scope.text(approval.message()), timeout, onTimeout));
        if (answer == null) {
            return NullNode.getInstance();
        }
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        result.put("approved", answer.approved());
        result.put("by", answer.by());
        result.put("comment", answer.comment());
        result.set(
                "payload",
                answer.payload() == null
                        ? NullNode.getInstance()
                        : answer.payload().tree());
        return result;
    }

    private JsonNode foreach(StepDefinition step, Action.ForEach each, Scope scope) {
        JsonNode given = scope.render(each.items());
        List<JsonNode> items = new ArrayList<>();
        if (given.isArray()) {
            given.forEach(items::add);
        } else if (!given.isNull()) {
            items.add(given);
        }
        List<JsonNode> results = run.map(
                step.name(),
                JSON,
                items,
                each.concurrency(),
                (branch, item) -> new StepList(branch, host).execute(each.steps(), scope.with(each.as(), item)));
        return JsonNodeFactory.instance.arrayNode().addAll(results);
    }

    private JsonNode parallel(StepDefinition step, Action.Parallel parallel, Scope scope) {
        List<Branch<JsonNode>> branches = new ArrayList<>();
        for (Map.Entry<String, List<StepDefinition>> each : parallel.branches().entrySet()) {
            Scope inner = scope.inner();
            branches.add(
                    new Branch<>(each.getKey(), branch -> new StepList(branch, host).execute(each.getValue(), inner)));
        }
        Iterator<JsonNode> results = run.parallel(step.name(), JSON, branches).iterator();
        ObjectNode byBranch = JsonNodeFactory.instance.objectNode();
        parallel.branches().keySet().forEach(name -> byBranch.set(name, results.next()));
        return byBranch;
    }

    private JsonNode child(StepDefinition step, Action.RunWorkflow child, Scope scope) {
        JsonNode input = scope.renderIfAny(child.input());
        StepOptions options = step.options().kind("run");
        JsonNode given = input == null ? JsonNodeFactory.instance.objectNode() : input;
        JsonNode output =
                new Retrying(run, step).call(() -> run.call(step.name(), child.workflow(), given, JSON, options));
        return output == null ? NullNode.getInstance() : output;
    }

    private void keep(StepDefinition step, JsonNode result, Scope scope) {
        ArtifactDefinition artifact = step.artifact();
        if (artifact != null && !result.isNull()) {
            String name = scope.text(artifact.name());
            run.artifact(name, artifact.kind(), mediaType(artifact, name), bytes(result));
        }
    }

    static String mediaType(ArtifactDefinition artifact, String name) {
        @Nullable String said = artifact.mediaType();
        return said == null ? MediaTypes.ofName(name) : said;
    }

    private static byte[] bytes(JsonNode result) {
        return Texts.of(result).getBytes(StandardCharsets.UTF_8);
    }

    private static String shortened(JsonNode value) {
        String text = value.toString();
        return text.length() <= 100 ? text : text.substring(0, 100) + " …";
    }
}
