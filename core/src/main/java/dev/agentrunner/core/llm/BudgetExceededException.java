package dev.agentrunner.core.llm;

import dev.agentrunner.llm.Budget;
import dev.agentrunner.spi.llm.Spending;
import dev.agentrunner.workflow.TerminalFailureException;
import java.math.BigDecimal;

/** A run has spent what it may. */
public final class BudgetExceededException extends TerminalFailureException {

    private static final long serialVersionUID = 1L;

    private BudgetExceededException(String what, Object spent, Object allowed) {
        super(
                "budget_exceeded",
                "The run has spent " + spent + " of the " + allowed + " " + what
                        + " that it may; give it a larger budget and fork it to go on");
    }

    /** Throws if nothing more may be spent. */
    static void check(Budget budget, Spending spent) {
        if (budget.calls() != null && spent.calls() >= budget.calls()) {
            throw new BudgetExceededException("calls", spent.calls(), budget.calls());
        }
        long tokens = spent.usage().inputTokens() + spent.usage().outputTokens();
        if (budget.tokens() != null && tokens >= budget.tokens()) {
            throw new BudgetExceededException("tokens", tokens, budget.tokens());
        }
        BigDecimal cost = spent.costUsd();
        if (budget.costUsd() != null && cost != null && cost.compareTo(budget.costUsd()) >= 0) {
            throw new BudgetExceededException(
                    "US dollars", cost.toPlainString(), budget.costUsd().toPlainString());
        }
    }
}
