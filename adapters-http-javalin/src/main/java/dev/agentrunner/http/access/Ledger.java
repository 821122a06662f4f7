package dev.agentrunner.http.access;

import dev.agentrunner.http.problem.Problem;
import dev.agentrunner.spi.access.AuditEntry;
import dev.agentrunner.spi.access.AuditTrail;
import dev.agentrunner.spi.model.Json;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes down who did what. Thread-safe. */
public final class Ledger {

    private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);
    private static final int MOST_OF_TARGET = 1_000;

    private final AuditTrail trail;

    public Ledger(AuditTrail trail) {
        this.trail = trail;
    }

    /**
     * Writes it down. That this fails is logged and does not undo what was done.
     *
     * @param target what it was done to
     * @param refusal null: it was done
     */
    public void write(
            HttpServletRequest http,
            Principal principal,
            String action,
            @Nullable String target,
            @Nullable Problem refusal) {
        String outcome = refusal == null ? "ok" : refusal.kind().code();
        String key = principal.key() == null ? "{}" : "{\"key\":\"" + principal.key() + "\"}";
        String what = target != null && target.length() > MOST_OF_TARGET ? target.substring(0, MOST_OF_TARGET) : target;
        try {
            trail.record(new AuditEntry(principal.actor(), action, what, outcome, http.getRemoteAddr(), new Json(key)));
        } catch (RuntimeException e) {
            LOG.warn(
                    "{} of {} by {} ({}) was not written to the audit trail",
                    action,
                    what,
                    principal.name(),
                    outcome,
                    e);
        }
    }
}
