package dev.agentrunner.core.state;

import java.util.ArrayList;
import java.util.List;

/** Ends a run, and with it every step that is under way. */
final class Endings {

    private Endings() {}

    static List<Fact> of(RunHistory history, RunFact ending) {
        List<Fact> facts = new ArrayList<>();
        for (StepState step : history.running()) {
            facts.add(new StepFact.Canceled(step.row().id(), "the run ended"));
        }
        facts.add(ending);
        return facts;
    }
}
