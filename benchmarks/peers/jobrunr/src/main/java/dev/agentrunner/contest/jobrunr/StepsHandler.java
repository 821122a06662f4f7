package dev.agentrunner.contest.jobrunr;

import dev.agentrunner.contest.Place;
import org.jobrunr.jobs.lambdas.JobRequestHandler;

/** Calls the body once per step. */
public final class StepsHandler implements JobRequestHandler<StepsRequest> {

    private final Place place;

    StepsHandler(Place place) {
        this.place = place;
    }

    @Override
    public void run(StepsRequest request) throws InterruptedException {
        for (int i = 0; i < place.steps(); i++) {
            place.body().run(request.input(), i);
        }
    }
}
