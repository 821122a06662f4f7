package dev.agentrunner.llm;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What a run may spend on language models. Before each call what was spent so far is compared with it, so a run may
 * exceed it by the calls that are under way at that moment. A call beyond it fails its step with kind {@code
 * budget_exceeded}.
 *
 * @param tokens of prompts and answers together; null: any number
 * @param costUsd of calls whose price is known; null: any amount
 * @param calls null: any number
 */
public record Budget(
        @Nullable Long tokens,
        @Nullable BigDecimal costUsd,
        @Nullable Long calls) {

    public static final Budget UNLIMITED = new Budget(null, null, null);

    public Budget tokens(long most) {
        return new Budget(most, costUsd, calls);
    }

    public Budget costUsd(BigDecimal most) {
        return new Budget(tokens, most, calls);
    }

    public Budget calls(long most) {
        return new Budget(tokens, costUsd, most);
    }
}
