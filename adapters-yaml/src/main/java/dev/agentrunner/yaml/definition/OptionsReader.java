package dev.agentrunner.yaml.definition;

import dev.agentrunner.workflow.RetryPolicy;
import dev.agentrunner.yaml.definition.Inherited.Own;
import dev.agentrunner.yaml.source.Problems;
import dev.agentrunner.yaml.source.Value;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads timeout, retry and at_most_once. */
final class OptionsReader {

    private static final int MOST_ATTEMPTS = 100;

    private final Problems problems;

    OptionsReader(Problems problems) {
        this.problems = problems;
    }

    Own own(Keys step) {
        return new Own(step.duration("timeout"), retry(step), step.flagOrNull("at_most_once"));
    }

    @Nullable RetryPolicy retry(Keys owner) {
        Value value = owner.take("retry");
        if (value == null) {
            return null;
        }
        Keys keys = Keys.of(value, "retry", problems);
        keys.require("attempts");
        RetryPolicy policy = RetryPolicy.attempts(keys.count("attempts", 1, MOST_ATTEMPTS));
        Duration backoff = keys.duration("backoff");
        if (backoff != null) {
            policy = policy.backoff(backoff);
        }
        Duration longest = keys.duration("max_backoff");
        if (longest != null) {
            if (longest.compareTo(policy.backoff()) < 0) {
                problems.add(
                        keys.offset("max_backoff"),
                        "max_backoff is shorter than backoff; make it longer, or leave it out");
            }
            policy = policy.maxBackoff(longest);
        }
        keys.end();
        return policy;
    }
}
