package dev.agentrunner.contest.dbos;

import dev.agentrunner.contest.Place;
import dev.dbos.transact.DBOS;
import dev.dbos.transact.workflow.Workflow;

/** One DBOS step per step; DBOS looks for the annotation here. */
public final class RecordedSteps implements Steps {

    private final DBOS dbos;
    private final Place place;

    RecordedSteps(DBOS dbos, Place place) {
        this.dbos = dbos;
        this.place = place;
    }

    @Override
    @Workflow(name = NAME)
    public String take(String input) throws InterruptedException {
        String last = "";
        for (int i = 0; i < place.steps(); i++) {
            int at = i;
            last = dbos.<String, InterruptedException>runStep(() -> place.body().run(input, at), "step");
        }
        return last;
    }
}
