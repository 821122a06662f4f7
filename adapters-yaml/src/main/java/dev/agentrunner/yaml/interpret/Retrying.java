package dev.agentrunner.yaml.interpret;

import dev.agentrunner.workflow.RetryPolicy;
import dev.agentrunner.workflow.RunContext;
import dev.agentrunner.workflow.StepFailedException;
import dev.agentrunner.yaml.definition.StepDefinition;
import java.util.Set;
import java.util.function.Supplier;

/** Tries again what the engine does only once: each try is a step of its own, and so is each pause. */
record Retrying(RunContext run, StepDefinition step) {

    /** What fails the same way each time. A run in a run in a run would be begun as often as all their attempts multiplied. */
    private static final Set<String> HOPELESS = Set.of("nested_too_deep", "unknown_workflow", "invalid_input");

    <T> T call(Supplier<T> attempt) {
        RetryPolicy policy = step.options().retry();
        for (int failures = 1; ; failures++) {
            try {
                return attempt.get();
            } catch (StepFailedException e) {
                if (failures >= policy.maxAttempts()
                        || HOPELESS.contains(e.failure().kind())) {
                    throw e;
                }
                run.sleep(
                        step.name() + " retry",
                        policy.delay(failures, run.random().nextDouble()));
            }
        }
    }
}
