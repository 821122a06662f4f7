package dev.agentrunner.http.calls;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentrunner.http.access.Gate;
import dev.agentrunner.http.access.Gate.SignedIn;
import dev.agentrunner.http.access.Ledger;
import dev.agentrunner.http.access.Principal;
import dev.agentrunner.http.request.Answer;
import dev.agentrunner.http.request.Fields;
import dev.agentrunner.http.request.Request;
import dev.agentrunner.http.request.Route;
import dev.agentrunner.http.view.Shown;
import dev.agentrunner.spi.access.Role;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Signs people in and out who use the console. */
public final class SessionCalls {

    private final Gate gate;
    private final Ledger ledger;

    public SessionCalls(Gate gate, Ledger ledger) {
        this.gate = gate;
        this.ledger = ledger;
    }

    public List<Route> routes() {
        return List.of(
                new Route("POST", "/session", null, null, this::begin),
                Route.get("/session", SessionCalls::show),
                new Route("DELETE", "/session", Role.VIEWER, "sign_out", this::end));
    }

    private Answer begin(Request request) {
        request.query().only();
        Fields body = request.fields();
        String key = body.text("key", 200);
        body.noOthers().check();
        SignedIn signedIn = gate.signIn(request.http(), key, request.base());
        ledger.write(request.http(), signedIn.principal(), "sign_in", null, null);
        return Answer.empty(204).header("Set-Cookie", signedIn.cookie());
    }

    private static Answer show(Request request) {
        request.readsJson();
        request.query().only();
        Principal principal = request.principal();
        ObjectNode json = Shown.object()
                .put("principal", principal.name())
                .put("role", principal.role().name().toLowerCase(Locale.ROOT))
                .put("auth", principal.key() == null ? "none" : "keys");
        Instant end = principal.sessionEnd();
        if (end != null) {
            json.put("expires_at", Shown.time(end));
        }
        return Answer.json(json);
    }

    private Answer end(Request request) {
        request.query().only();
        return Answer.empty(204).header("Set-Cookie", gate.signOut(request.http(), request.base()));
    }
}
