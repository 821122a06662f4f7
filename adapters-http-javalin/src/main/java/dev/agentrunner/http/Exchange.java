package dev.agentrunner.http;

import dev.agentrunner.http.access.BrowserHeaders;
import dev.agentrunner.http.access.Gate;
import dev.agentrunner.http.access.Ledger;
import dev.agentrunner.http.access.Principal;
import dev.agentrunner.http.problem.Kind;
import dev.agentrunner.http.problem.Problem;
import dev.agentrunner.http.problem.Problems;
import dev.agentrunner.http.request.Answer;
import dev.agentrunner.http.request.Request;
import dev.agentrunner.http.request.Route;
import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Takes a request through the gate and its call, and writes the answer, whatever happens. Thread-safe. */
record Exchange(Gate gate, Ledger ledger, String prefix) {

    /** The one call that is answered under any name: whoever watches the process has its own ones for it. */
    private static final String ALIVE = "/healthz";

    private static final int PIECE = 32 << 10;

    void answer(Context context, Route route) throws IOException {
        Principal principal = Principal.NOBODY;
        Answer answer;
        BrowserHeaders.ALL.forEach(context::header);
        try {
            if (!route.path().equals(ALIVE)) {
                gate.checkHost(context.req());
            }
            if (route.role() != null) {
                principal = gate.admit(context.req());
                Gate.require(principal, route.role());
            }
            answer = route.call().answer(new Request(context, principal, prefix));
            if (route.action() != null) {
                ledger.write(context.req(), principal, route.action(), target(context, answer), null);
            }
        } catch (Exception | StackOverflowError e) {
            Problem problem = Problems.of(e);
            note(context, route, principal, problem);
            answer = answer(context.req(), problem);
        }
        try {
            write(context, answer);
        } catch (Unreadable e) {
            context.res().reset();
            refuse(context, Problems.of(e.found));
        }
    }

    /** What was done to: what the path names, or what was made. */
    private static String target(Context context, Answer answer) {
        String made = answer.headers().get("Location");
        return made == null ? context.path() : made;
    }

    private void note(Context context, Route route, Principal principal, Problem problem) {
        boolean wrongKey =
                problem.kind() == Kind.UNAUTHENTICATED && context.req().getHeader("Authorization") != null;
        boolean signIn = problem.kind() == Kind.UNAUTHENTICATED && route.role() == null;
        if (principal.equals(Principal.NOBODY)) {
            // Else whoever knocks could fill the store: wrong keys are let through to here twenty times a minute.
            if (wrongKey || signIn) {
                ledger.write(context.req(), principal, signIn ? "sign_in" : "show_key", context.path(), problem);
            }
        } else if (route.action() != null || problem.kind() == Kind.FORBIDDEN) {
            String action = route.action() == null ? "read" : route.action();
            ledger.write(context.req(), principal, action, context.path(), problem);
        }
    }

    private static Answer answer(HttpServletRequest request, Problem problem) {
        byte[] body = problem.json(request.getRequestURI()).toString().getBytes(StandardCharsets.UTF_8);
        Answer answer = Answer.bytes(problem.kind().status(), Problem.MEDIA_TYPE, body);
        for (Map.Entry<String, String> header : problem.headers().entrySet()) {
            answer = answer.header(header.getKey(), header.getValue());
        }
        return answer;
    }

    /** Answers what no call of this API was asked. */
    static void refuse(Context context, Problem problem) {
        BrowserHeaders.ALL.forEach(context::header);
        begin(context, answer(context.req(), problem));
    }

    private static void begin(Context context, Answer answer) {
        context.status(answer.status());
        answer.headers().forEach(context::header);
        if (answer.content() instanceof Answer.Bytes bytes) {
            context.contentType(bytes.type()).result(bytes.bytes());
        }
    }

    private static void write(Context context, Answer answer) throws IOException {
        if (answer.content() instanceof Answer.Ongoing) {
            return;
        }
        if (answer.content() instanceof Answer.Later later) {
            context.future(() -> later.answer().handle((there, error) -> {
                begin(context, error == null ? there : answer(context.req(), Problems.of(error)));
                return null;
            }));
            return;
        }
        begin(context, answer);
        if (answer.content() instanceof Answer.Streamed streamed) {
            stream(context, streamed);
        } else if (answer.content() instanceof Answer.Nothing) {
            context.res().setContentType(null);
        }
    }

    /** One piece behind what is read: what is found amiss at the end is found before the last piece is sent. */
    private static void stream(Context context, Answer.Streamed streamed) throws IOException {
        try (InputStream in = streamed.bytes()) {
            context.contentType(streamed.type());
            context.res().setContentLengthLong(streamed.length());
            if (context.req().getMethod().equals("HEAD")) {
                return;
            }
            byte[] piece = new byte[PIECE];
            byte[] next = new byte[PIECE];
            int length = read(in, piece, context);
            while (length >= 0) {
                int following = read(in, next, context);
                context.res().getOutputStream().write(piece, 0, length);
                byte[] sent = piece;
                piece = next;
                next = sent;
                length = following;
            }
        }
    }

    /** What cannot be read is a problem as long as nothing was sent; then, only the length tells that something is amiss. */
    private static int read(InputStream in, byte[] buffer, Context context) throws IOException {
        try {
            return in.read(buffer);
        } catch (IOException e) {
            if (!context.res().isCommitted()) {
                throw new Unreadable(e);
            }
            throw e;
        }
    }

    /** The bytes are not what they were. */
    private static final class Unreadable extends IOException {
        private static final long serialVersionUID = 1L;

        private final IOException found;

        Unreadable(IOException found) {
            super(found);
            this.found = found;
        }
    }
}
