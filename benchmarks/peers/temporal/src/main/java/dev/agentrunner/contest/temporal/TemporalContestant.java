package dev.agentrunner.contest.temporal;

import dev.agentrunner.contest.Contestant;
import dev.agentrunner.contest.Place;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerOptions;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Workflows of one activity per step. Activities and workflow tasks at once as the place says; the rest is as the SDK has it. The
 * server for tests skips no time. What is measured is what the API and its calls cost, as nothing is durable here.
 */
final class TemporalContestant implements Contestant {

    private static final String QUEUE = "contest";

    private final Place place;
    private final TestWorkflowEnvironment environment;
    private final WorkflowClient client;

    TemporalContestant(Place place) {
        this.place = place;
        this.environment = TestWorkflowEnvironment.newInstance(
                TestEnvironmentOptions.newBuilder().setUseTimeskipping(false).build());
        this.client = environment.getWorkflowClient();
        Worker worker = environment.newWorker(
                QUEUE,
                WorkerOptions.newBuilder()
                        .setMaxConcurrentActivityExecutionSize(place.atOnce())
                        .setMaxConcurrentWorkflowTaskExecutionSize(Math.max(2, place.atOnce()))
                        .build());
        worker.registerWorkflowImplementationTypes(ActivitySteps.class);
        worker.registerActivitiesImplementations((StepActivity) this::step);
    }

    private String step(String input, int at) {
        try {
            return place.body().run(input, at);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Stopped", stopped);
        }
    }

    @Override
    public void start() {
        environment.start();
    }

    @Override
    public CompletionStage<?> run(String input) {
        StepsWorkflow workflow = client.newWorkflowStub(
                StepsWorkflow.class,
                WorkflowOptions.newBuilder().setTaskQueue(QUEUE).build());
        return WorkflowClient.execute(workflow::take, input, place.steps());
    }

    @Override
    public void enqueue(List<String> inputs) {
        throw new UnsupportedOperationException("What the server for tests is given is gone when this JVM ends");
    }

    @Override
    public long ended() {
        throw new UnsupportedOperationException("The server for tests has no table to count in");
    }

    @Override
    public String grade() {
        return "in memory, nothing durable";
    }

    @Override
    public void close() {
        environment.close();
    }
}
