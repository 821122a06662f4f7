package dev.agentrunner.http.problem;

import io.javalin.http.HttpStatus;
import java.util.Locale;

/** What can go wrong. The codes are stable; clients tell problems apart by them. */
public enum Kind {
    /** The request as such cannot be read. */
    BAD_REQUEST(400),
    /** The body is not JSON, or not quite. */
    MALFORMED_JSON(400),
    INVALID_PARAMETER(400),
    UNKNOWN_PARAMETER(400),
    INVALID_CURSOR(400),
    UNAUTHENTICATED(401),
    FORBIDDEN(403),
    CROSS_ORIGIN(403),
    NOT_FOUND(404),
    UNKNOWN_RUN(404),
    UNKNOWN_WORKFLOW(404),
    UNKNOWN_ARTIFACT(404),
    UNKNOWN_PROVIDER(404),
    METHOD_NOT_ALLOWED(405),
    NOT_ACCEPTABLE(406),
    REQUEST_TIMEOUT(408),
    RUN_FINISHED(409),
    RUN_NOT_FINISHED(409),
    /** The record is there, the bytes are not. */
    ARTIFACT_LOST(404),
    TOO_LARGE(413),
    UNSUPPORTED_MEDIA_TYPE(415),
    RANGE_NOT_SATISFIABLE(416),
    MISDIRECTED(421),
    /** JSON, but not what the call takes. */
    INVALID_REQUEST(422),
    /** Not what the workflow takes. */
    INVALID_INPUT(422),
    IDEMPOTENCY_KEY_REUSED(422),
    TOO_MANY_FAILURES(429),
    HEADERS_TOO_LARGE(431),
    INTERNAL(500),
    NOT_IMPLEMENTED(501),
    STORE_UNAVAILABLE(503),
    STREAMS_UNAVAILABLE(503);

    private final int status;

    Kind(int status) {
        this.status = status;
    }

    public int status() {
        return status;
    }

    /** As clients see it: snake_case. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The phrase of the status. */
    String title() {
        return HttpStatus.forStatus(status).getMessage();
    }
}
