package dev.agentrunner.jdbc.sql;

import dev.agentrunner.spi.llm.Spending;
import dev.agentrunner.spi.llm.Usage;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What was spent on the steps of a run, as one text: one part for each step, with calls, tokens in, tokens out and cost.
 * It is added up here, because SQLite cannot add amounts exactly.
 */
public final class UsageText {

    /** An expression for the usage of the run {@code r}; null if nothing was spent. */
    public static final String OF_RUN = "(SELECT string_agg(u.calls || ' ' || u.input_tokens || ' ' || u.output_tokens"
            + " || ' ' || coalesce(CAST(u.cost_usd AS text), '-'), ',') FROM ar_usage u WHERE u.run_id = r.id)";

    private UsageText() {}

    static Spending parse(@Nullable String text) {
        Spending all = Spending.NONE;
        if (text != null) {
            for (String step : text.split(",", -1)) {
                all = all.plus(step(step.split(" ", -1)));
            }
        }
        return all;
    }

    private static Spending step(String[] parts) {
        return new Spending(
                Long.parseLong(parts[0]),
                new Usage(Long.parseLong(parts[1]), Long.parseLong(parts[2])),
                parts[3].equals("-") ? null : new BigDecimal(parts[3]));
    }
}
