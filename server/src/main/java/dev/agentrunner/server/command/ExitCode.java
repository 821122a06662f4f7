package dev.agentrunner.server.command;

import dev.agentrunner.client.IdempotencyKeyReusedException;
import dev.agentrunner.client.RunFinishedException;
import dev.agentrunner.client.RunNotFinishedException;
import dev.agentrunner.client.UnknownRunException;
import dev.agentrunner.client.UnknownWorkflowException;
import dev.agentrunner.server.client.NotFoundException;
import dev.agentrunner.server.client.ProblemException;
import dev.agentrunner.server.client.UnreachableException;
import dev.agentrunner.server.config.ConfigurationException;
import dev.agentrunner.spi.error.InvalidCursorException;
import dev.agentrunner.spi.error.StoreUnavailableException;
import dev.agentrunner.workflow.InvalidInputException;
import java.util.List;

/** How a command ended, for whoever started it. Stable. */
public enum ExitCode {
    OK(0, "all went well; a run that was followed completed"),
    ERROR(1, "something else went wrong; see what was printed"),
    USAGE(2, "the command line, a setting or an input makes no sense; nothing was done"),
    FAILED(3, "the run that was followed failed"),
    CANCELED(4, "the run that was followed was canceled"),
    NOT_FOUND(5, "there is no such run, workflow, artifact or key"),
    UNREACHABLE(6, "no server answers, or the store cannot be opened"),
    REFUSED(7, "it is not allowed, or does not fit the state of the run");

    private final int number;
    private final String about;

    ExitCode(int number, String about) {
        this.number = number;
        this.about = about;
    }

    public int number() {
        return number;
    }

    public String about() {
        return about;
    }

    private static final List<Class<? extends RuntimeException>> WRONG = List.of(
            ConfigurationException.class,
            InvalidInputException.class,
            InvalidCursorException.class,
            IllegalArgumentException.class);

    private static final List<Class<? extends RuntimeException>> MISSING =
            List.of(UnknownRunException.class, UnknownWorkflowException.class, NotFoundException.class);

    private static final List<Class<? extends RuntimeException>> AWAY =
            List.of(UnreachableException.class, StoreUnavailableException.class);

    private static final List<Class<? extends RuntimeException>> NOT_NOW =
            List.of(RunFinishedException.class, RunNotFinishedException.class, IdempotencyKeyReusedException.class);

    /** What a failure means. */
    static ExitCode of(Throwable failure) {
        if (failure instanceof ProblemException problem) {
            return of(problem);
        }
        if (isOneOf(WRONG, failure)) {
            return USAGE;
        }
        if (isOneOf(MISSING, failure)) {
            return NOT_FOUND;
        }
        if (isOneOf(AWAY, failure)) {
            return UNREACHABLE;
        }
        return isOneOf(NOT_NOW, failure) ? REFUSED : ERROR;
    }

    private static ExitCode of(ProblemException problem) {
        if (problem.code().equals("idempotency_key_reused")) {
            return REFUSED;
        }
        return switch (problem.status()) {
            case 400, 413, 415, 422 -> USAGE;
            case 404 -> NOT_FOUND;
            case 401, 403, 409, 429 -> REFUSED;
            case 503 -> UNREACHABLE;
            default -> ERROR;
        };
    }

    private static boolean isOneOf(List<Class<? extends RuntimeException>> types, Throwable failure) {
        return types.stream().anyMatch(type -> type.isInstance(failure));
    }

    /** Of a run that has ended. */
    static ExitCode ofStatus(String status) {
        return switch (status) {
            case "FAILED" -> FAILED;
            case "CANCELED" -> CANCELED;
            default -> OK;
        };
    }
}
