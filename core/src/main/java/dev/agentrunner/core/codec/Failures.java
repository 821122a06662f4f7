package dev.agentrunner.core.codec;

import dev.agentrunner.client.UnknownWorkflowException;
import dev.agentrunner.spi.llm.ModelException;
import dev.agentrunner.spi.model.Failure;
import dev.agentrunner.spi.workspace.WorkspaceException;
import dev.agentrunner.workflow.AttemptFailedException;
import dev.agentrunner.workflow.InvalidInputException;
import dev.agentrunner.workflow.NonDeterministicWorkflowException;
import dev.agentrunner.workflow.StepFailedException;
import dev.agentrunner.workflow.TerminalFailureException;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Exceptions as recorded failures. */
public final class Failures {

    private static final int MAX_MESSAGE = 4_000;
    private static final int FRAMES = 8;

    private Failures() {}

    /** What to record of an exception that a step's or a workflow's body threw, without secrets. */
    public static Failure of(Throwable thrown, Secrets secrets) {
        if (thrown instanceof StepFailedException failed) {
            return failed.failure();
        }
        if (thrown instanceof ModelException model) {
            return new Failure(
                    model.kind().wireName(),
                    message(model, secrets),
                    model.kind().isRetryable(),
                    null);
        }
        if (thrown instanceof AttemptFailedException attempt) {
            return new Failure(attempt.kind(), message(attempt, secrets), true, null);
        }
        if (thrown instanceof WorkspaceException workspace) {
            return new Failure(
                    workspace.kind(),
                    message(workspace, secrets),
                    workspace.kind().equals("io"),
                    null);
        }
        if (thrown instanceof InvalidInputException || thrown instanceof UnknownWorkflowException) {
            String kind = thrown instanceof InvalidInputException ? "invalid_input" : "unknown_workflow";
            return new Failure(kind, message(thrown, secrets), false, null);
        }
        boolean retryable = !(thrown instanceof TerminalFailureException
                || thrown instanceof NonDeterministicWorkflowException
                || thrown instanceof Error);
        return new Failure(kind(thrown), message(thrown, secrets), retryable, stackTop(thrown));
    }

    private static String kind(Throwable thrown) {
        if (thrown instanceof TerminalFailureException terminal && terminal.kind() != null) {
            return terminal.kind();
        }
        return thrown instanceof NonDeterministicWorkflowException
                ? "non_deterministic_workflow"
                : thrown.getClass().getName();
    }

    /** Cut after the secrets were taken out: half of one would not be recognised. */
    private static String message(Throwable thrown, Secrets secrets) {
        String message =
                thrown.getMessage() == null ? thrown.getClass().getSimpleName() : secrets.redact(thrown.getMessage());
        return message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE) + " …";
    }

    private static String stackTop(Throwable thrown) {
        return Arrays.stream(thrown.getStackTrace())
                .limit(FRAMES)
                .map(StackTraceElement::toString)
                .collect(Collectors.joining("\n"));
    }
}
