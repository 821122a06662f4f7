package dev.agentrunner.ollama.http;

import dev.agentrunner.spi.llm.ModelException;
import dev.agentrunner.spi.llm.ModelException.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** Says what a broken exchange means. */
final class Breaks {

    private Breaks() {}

    static ModelException of(Throwable failure, URI server) {
        Throwable cause = unwrapped(failure);
        if (cause instanceof ModelException known) {
            return known;
        }
        if (cause instanceof HttpConnectTimeoutException) {
            return new ModelException(
                    Kind.CONNECTION,
                    "Connecting to Ollama at " + server + " took too long; is the address right?",
                    cause);
        }
        if (isUnresolved(cause)) {
            return new ModelException(
                    Kind.CONNECTION, "Ollama at " + server + " cannot be reached: no such host is known", cause);
        }
        if (cause instanceof ConnectException) {
            return new ModelException(
                    Kind.CONNECTION,
                    "Ollama at " + server + " cannot be reached; is `ollama serve` running there?" + why(cause),
                    cause);
        }
        if (cause instanceof ProtocolException || !(cause instanceof IOException)) {
            return new ModelException(
                    Kind.MALFORMED,
                    "What answers at " + server + " does not speak HTTP as it should" + why(cause),
                    cause);
        }
        return new ModelException(
                Kind.CONNECTION, "The connection to Ollama at " + server + " broke" + why(cause), cause);
    }

    private static Throwable unwrapped(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException || cause instanceof ExecutionException) {
            Throwable inner = cause.getCause();
            if (inner == null) {
                break;
            }
            cause = inner;
        }
        for (Throwable at = cause; at != null; at = at.getCause()) {
            if (at instanceof ModelException) {
                return at;
            }
        }
        return cause;
    }

    private static boolean isUnresolved(Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof UnresolvedAddressException) {
                return true;
            }
        }
        return false;
    }

    private static String why(Throwable cause) {
        String message = cause.getMessage();
        return message == null ? "" : ": " + message;
    }
}
