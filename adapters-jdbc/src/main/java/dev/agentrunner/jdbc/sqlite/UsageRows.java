package dev.agentrunner.jdbc.sqlite;

import dev.agentrunner.spi.llm.Spending;
import dev.agentrunner.spi.log.Commit;
import dev.agentrunner.spi.model.StepId;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** Writes what was spent on steps; touches nothing if nothing was. */
final class UsageRows {

    private static final String USAGE =
            "INSERT INTO ar_usage (run_id, step_id, calls, input_tokens, output_tokens, cost_usd)"
                    + " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (run_id, step_id) DO UPDATE SET calls = excluded.calls,"
                    + " input_tokens = excluded.input_tokens, output_tokens = excluded.output_tokens,"
                    + " cost_usd = excluded.cost_usd";

    private UsageRows() {}

    /** Of several commits of one run, the later one wins. */
    static void write(Session session, List<Commit> commits) throws SQLException {
        List<Commit> spending = commits.stream()
                .filter(commit -> !commit.projection().spending().isEmpty())
                .toList();
        if (spending.isEmpty()) {
            return;
        }
        Lines lines = new Lines(session.prepare(USAGE));
        for (Commit commit : spending) {
            for (Map.Entry<StepId, Spending> step :
                    commit.projection().spending().entrySet()) {
                lines.text(commit.run().toString()).text(step.getKey().value());
                add(lines, step.getValue());
            }
        }
        lines.write();
    }

    private static void add(Lines lines, Spending spending) throws SQLException {
        BigDecimal cost = spending.costUsd();
        lines.number(spending.calls());
        lines.number(spending.usage().inputTokens()).number(spending.usage().outputTokens());
        lines.text(cost == null ? null : cost.toPlainString()).end();
    }
}
