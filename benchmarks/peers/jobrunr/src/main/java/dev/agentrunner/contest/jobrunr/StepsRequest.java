package dev.agentrunner.contest.jobrunr;

import org.jobrunr.jobs.lambdas.JobRequest;

/** A run, as JobRunr stores it: JSON by Jackson. */
public record StepsRequest(String input) implements JobRequest {

    @Override
    public Class<StepsHandler> getJobRequestHandler() {
        return StepsHandler.class;
    }
}
