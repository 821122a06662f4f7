package dev.agentrunner.http;

import dev.agentrunner.http.access.BrowserHeaders;
import dev.agentrunner.http.problem.Kind;
import dev.agentrunner.http.problem.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Answers requests that are so broken that the server underneath refuses them: in the same form as all others. */
final class ServerErrors implements Request.Handler {

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Object status = request.getAttribute(ErrorHandler.ERROR_STATUS);
        Problem problem = problem(status instanceof Integer code ? code : response.getStatus());
        response.setStatus(problem.kind().status());
        BrowserHeaders.ALL.forEach((name, value) -> response.getHeaders().put(name, value));
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE);
        byte[] body = problem.json("").toString().getBytes(StandardCharsets.UTF_8);
        response.write(true, ByteBuffer.wrap(body), callback);
        return true;
    }

    private static Problem problem(int status) {
        return switch (status) {
            case 404 -> Problem.of(Kind.NOT_FOUND, "There is nothing at this path");
            case 405, 501 -> Problem.of(Kind.NOT_IMPLEMENTED, "This server knows no such method");
            case 408 -> Problem.of(Kind.REQUEST_TIMEOUT, "The request did not come to its end in time");
            case 413 -> Problem.of(Kind.TOO_LARGE, "The request is too large");
            case 414, 431 -> Problem.of(Kind.HEADERS_TOO_LARGE, "The request's head has more than 16 KiB");
            case 500 -> Problem.of(Kind.INTERNAL, "Something went wrong in the server; its log says what");
            case 503 ->
                Problem.of(Kind.STORE_UNAVAILABLE, "The server stops, or has too much to do; ask again later")
                        .header("Retry-After", "5");
            default -> Problem.of(Kind.BAD_REQUEST, "The request is not HTTP as it should be, or its path is none");
        };
    }
}
