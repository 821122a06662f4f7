package dev.agentrunner.spi.llm;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What was spent on language models.
 *
 * @param calls how often a model was asked, whatever came of it
 * @param usage tokens of the calls that were answered
 * @param costUsd of those calls whose price is known; null if of none. It has neither exponent nor zeros at its end, so
 *     that equal amounts are equal
 */
public record Spending(long calls, Usage usage, @Nullable BigDecimal costUsd) {

    public static final Spending NONE = new Spending(0, Usage.NONE, null);

    public Spending {
        costUsd = costUsd == null ? null : plain(costUsd);
    }

    public Spending plus(Spending other) {
        return new Spending(calls + other.calls, usage.plus(other.usage), sum(costUsd, other.costUsd));
    }

    private static @Nullable BigDecimal sum(@Nullable BigDecimal one, @Nullable BigDecimal other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.add(other);
    }

    private static BigDecimal plain(BigDecimal amount) {
        BigDecimal bare = amount.stripTrailingZeros();
        return bare.scale() < 0 ? bare.setScale(0) : bare;
    }
}
