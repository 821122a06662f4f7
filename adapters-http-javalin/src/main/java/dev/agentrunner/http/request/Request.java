package dev.agentrunner.http.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.agentrunner.http.access.Principal;
import dev.agentrunner.http.problem.Kind;
import dev.agentrunner.http.problem.Problem;
import dev.agentrunner.spi.model.RunId;
import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpException;
import org.jspecify.annotations.Nullable;

/**
 * A request that was let in. Used by one thread.
 *
 * @param base where the API is mounted: empty, or a path that begins with a slash and does not end in one
 */
public record Request(Context context, Principal principal, String base) {

    private static final int DRAINED = 16 << 20;

    /** The largest body, in bytes. */
    public static final int MAX_BODY = 10 << 20;

    public HttpServletRequest http() {
        return context.req();
    }

    /** The decoded part of the path. */
    public String path(String name) {
        return context.pathParam(name);
    }

    public Query query() {
        return Query.of(http().getQueryString());
    }

    public @Nullable String header(String name) {
        return http().getHeader(name);
    }

    /** The run that the path names. */
    public RunId run() {
        try {
            return RunId.parse(path("id"));
        } catch (IllegalArgumentException e) {
            throw Problem.of(Kind.UNKNOWN_RUN, "There is no run with this id; ids are as the server gave them");
        }
    }

    /** Refuses a client that would not read JSON. */
    public Request readsJson() {
        return reads("application/json");
    }

    public Request reads(String mediaType) {
        Accept.require(header("Accept"), mediaType);
        return this;
    }

    /** The body, which must be there. */
    public JsonNode json(int most) {
        byte[] bytes = body(most);
        if (bytes.length == 0) {
            throw Problem.at(Kind.MALFORMED_JSON, "", "the body is empty; send JSON");
        }
        return StrictJson.read(bytes);
    }

    /** The fields of the body, or of an empty object if there is no body. */
    public Fields optionalFields() {
        byte[] bytes = body(MAX_BODY);
        return Fields.of(bytes.length == 0 ? JsonNodeFactory.instance.objectNode() : StrictJson.read(bytes));
    }

    public Fields fields() {
        return Fields.of(json(MAX_BODY));
    }

    /** Any JSON value; null if there is no body. */
    public @Nullable JsonNode optionalJson(int most) {
        byte[] bytes = body(most);
        return bytes.length == 0 ? null : StrictJson.read(bytes);
    }

    private byte[] body(int most) {
        String encoding = header("Content-Encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw Problem.at(
                    Kind.UNSUPPORTED_MEDIA_TYPE, "Content-Encoding", "bodies are sent as they are, not encoded");
        }
        String type = http().getContentType();
        boolean empty = http().getContentLengthLong() <= 0 && header("Transfer-Encoding") == null;
        if (type != null || !empty) {
            requireJson(type);
        }
        if (http().getContentLengthLong() > most) {
            throw tooLarge(most);
        }
        byte[] bytes = read(most + 1);
        if (bytes.length > most) {
            throw tooLarge(most);
        }
        return bytes;
    }

    /** What goes wrong here is the client's doing: it went away, stopped half-way, or sends what is no body. */
    private byte[] read(int most) {
        try {
            return http().getInputStream().readNBytes(most);
        } catch (IOException | RuntimeException e) {
            boolean late = e.getCause() instanceof TimeoutException
                    || (e instanceof HttpException http && http.getCode() == Kind.REQUEST_TIMEOUT.status());
            Problem problem = late
                    ? Problem.of(Kind.REQUEST_TIMEOUT, "The body did not come to its end in time")
                    : Problem.of(Kind.BAD_REQUEST, "The body is not sent as HTTP has it, or not to its end");
            throw problem.header("Connection", "close");
        }
    }

    /** Whoever still sends when the connection is closed may lose the answer, so what was not read is read in part. */
    private Problem tooLarge(int most) {
        if (header("Expect") == null) {
            byte[] piece = new byte[8 << 10];
            try {
                for (int drained = 0; drained < DRAINED; drained += piece.length) {
                    if (http().getInputStream().readNBytes(piece, 0, piece.length) < piece.length) {
                        break;
                    }
                }
            } catch (IOException | RuntimeException gone) {
                return tooLargeFor(most);
            }
        }
        return tooLargeFor(most);
    }

    private static Problem tooLargeFor(int most) {
        return Problem.of(Kind.TOO_LARGE, "The body has more than the " + most + " bytes that are allowed here")
                .header("Connection", "close");
    }

    private static void requireJson(@Nullable String type) {
        String[] parts =
                type == null ? new String[] {""} : type.toLowerCase(Locale.ROOT).split(";");
        boolean json = parts[0].strip().equals("application/json");
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip().replace("\"", "");
            json &= !parameter.startsWith("charset=") || parameter.equals("charset=utf-8");
        }
        if (!json) {
            throw Problem.at(Kind.UNSUPPORTED_MEDIA_TYPE, "Content-Type", "bodies are application/json in UTF-8");
        }
    }
}
