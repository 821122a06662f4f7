package dev.agentrunner.http.problem;

import dev.agentrunner.client.IdempotencyKeyReusedException;
import dev.agentrunner.client.RunFinishedException;
import dev.agentrunner.client.RunNotFinishedException;
import dev.agentrunner.client.UnknownRunException;
import dev.agentrunner.client.UnknownWorkflowException;
import dev.agentrunner.http.stream.StreamsUnavailableException;
import dev.agentrunner.spi.artifact.CorruptBlobException;
import dev.agentrunner.spi.artifact.MissingBlobException;
import dev.agentrunner.spi.error.InvalidCursorException;
import dev.agentrunner.spi.error.StoreClosedException;
import dev.agentrunner.spi.error.StoreUnavailableException;
import dev.agentrunner.workflow.InvalidInputException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the engine's exceptions are to a client: the one place that says so. */
public final class Problems {

    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    private static final String RETRY_SECONDS = "5";

    private static final Map<Class<? extends Throwable>, Function<Throwable, Problem>> KNOWN = new LinkedHashMap<>();

    static {
        known(UnknownRunException.class, Kind.UNKNOWN_RUN);
        known(UnknownWorkflowException.class, Kind.UNKNOWN_WORKFLOW);
        known(RunFinishedException.class, Kind.RUN_FINISHED);
        known(RunNotFinishedException.class, Kind.RUN_NOT_FINISHED);
        known(InvalidCursorException.class, Kind.INVALID_CURSOR);
        KNOWN.put(MissingBlobException.class, thrown -> lost("missing"));
        KNOWN.put(CorruptBlobException.class, thrown -> lost("not those that were kept"));
        KNOWN.put(InvalidInputException.class, thrown -> input((InvalidInputException) thrown));
        KNOWN.put(
                IdempotencyKeyReusedException.class,
                thrown -> Problem.at(
                        Kind.IDEMPOTENCY_KEY_REUSED,
                        "Idempotency-Key",
                        "the key belongs to a run that was started with another body; use a new key"));
        KNOWN.put(
                StreamsUnavailableException.class,
                thrown -> Problem.of(Kind.STREAMS_UNAVAILABLE, String.valueOf(thrown.getMessage()))
                        .header("Retry-After", RETRY_SECONDS));
        KNOWN.put(StoreUnavailableException.class, thrown -> away("The store cannot be reached; nothing was changed"));
        KNOWN.put(StoreClosedException.class, thrown -> away("This node stops; ask another one, or again later"));
    }

    private Problems() {}

    private static void known(Class<? extends Throwable> type, Kind kind) {
        KNOWN.put(type, thrown -> Problem.of(kind, String.valueOf(thrown.getMessage())));
    }

    /** What to answer. What nobody expects is logged here, and only here. */
    public static Problem of(Throwable thrown) {
        Throwable cause = unwrapped(thrown);
        if (cause instanceof Problem problem) {
            return problem;
        }
        Function<Throwable, Problem> known = KNOWN.get(cause.getClass());
        if (known != null) {
            LOG.debug("A request was refused", cause);
            return known.apply(cause);
        }
        LOG.error("A request was answered with 500 because of an error of this library; please report it", cause);
        return Problem.of(
                Kind.INTERNAL,
                "Something went wrong in the server; its log says what. Runs go on. The same call may succeed again");
    }

    private static Throwable unwrapped(Throwable thrown) {
        boolean wrapper = thrown instanceof CompletionException || thrown instanceof UncheckedIOException;
        return wrapper && thrown.getCause() != null ? unwrapped(thrown.getCause()) : thrown;
    }

    /** Where the bytes should be is for the log. */
    private static Problem lost(String what) {
        return Problem.of(
                Kind.ARTIFACT_LOST, "The artifact's bytes are " + what + "; whoever runs this server can restore them");
    }

    private static Problem away(String detail) {
        return Problem.of(Kind.STORE_UNAVAILABLE, detail).header("Retry-After", RETRY_SECONDS);
    }

    private static Problem input(InvalidInputException invalid) {
        return Problem.of(
                Kind.INVALID_INPUT,
                invalid.problems().stream()
                        .map(each -> new FieldError("/input" + each.pointer(), each.detail()))
                        .toList());
    }
}
