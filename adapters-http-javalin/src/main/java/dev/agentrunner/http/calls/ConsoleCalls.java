package dev.agentrunner.http.calls;

import dev.agentrunner.http.problem.Kind;
import dev.agentrunner.http.problem.Problem;
import dev.agentrunner.http.request.Answer;
import dev.agentrunner.http.request.Etag;
import dev.agentrunner.http.request.Request;
import dev.agentrunner.http.request.Route;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Serves the console: files of the class path, and nothing beside them. */
public final class ConsoleCalls {

    private static final String ROOT = "/dev/agentrunner/http/ui/";

    /** No dot at a beginning, so there is no way up. */
    private static final Pattern FILE =
            Pattern.compile("(?:[A-Za-z0-9_-][A-Za-z0-9_.-]*/)*[A-Za-z0-9_-][A-Za-z0-9_.-]*");

    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("html", "text/html; charset=utf-8"),
            Map.entry("js", "text/javascript; charset=utf-8"),
            Map.entry("mjs", "text/javascript; charset=utf-8"),
            Map.entry("css", "text/css; charset=utf-8"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("png", "image/png"),
            Map.entry("ico", "image/x-icon"),
            Map.entry("woff2", "font/woff2"),
            Map.entry("json", "application/json"),
            Map.entry("webmanifest", "application/manifest+json"),
            Map.entry("txt", "text/plain; charset=utf-8"));

    public List<Route> routes() {
        return List.of(
                Route.open("/", request -> redirect(request, "/ui/")),
                Route.open("/ui", ConsoleCalls::start),
                Route.open("/ui/<file>", request -> file(request, request.path("file"))));
    }

    private static Answer redirect(Request request, String to) {
        return Answer.empty(302).header("Location", request.base() + to);
    }

    /** Links of the page are relative, so its path ends in a slash. */
    private static Answer start(Request request) throws IOException {
        return request.context().path().endsWith("/") ? file(request, "index.html") : redirect(request, "/ui/");
    }

    private static Answer file(Request request, String path) throws IOException {
        String type = TYPES.get(path.substring(path.lastIndexOf('.') + 1));
        if (type == null || !FILE.matcher(path).matches()) {
            throw missing();
        }
        try (InputStream in = ConsoleCalls.class.getResourceAsStream(ROOT + path)) {
            if (in == null) {
                throw missing();
            }
            byte[] bytes = in.readAllBytes();
            String tag = Etag.weak(bytes);
            Answer answer = Etag.matches(request.header("If-None-Match"), tag)
                    ? Answer.empty(304)
                    : Answer.bytes(200, type, bytes);
            return answer.header("ETag", tag).header("Cache-Control", "no-cache");
        }
    }

    private static Problem missing() {
        return Problem.of(Kind.NOT_FOUND, "The console has no such file");
    }
}
