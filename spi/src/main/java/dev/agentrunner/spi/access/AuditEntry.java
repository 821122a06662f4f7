package dev.agentrunner.spi.access;

import dev.agentrunner.spi.model.Actor;
import dev.agentrunner.spi.model.Json;
import dev.agentrunner.spi.model.Storable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Something that somebody did or tried.
 *
 * @param action in snake_case, such as {@code run_cancel}; at most 100 characters
 * @param target what it was done to, such as a run's id; at most 1000 characters
 * @param outcome in snake_case: {@code ok}, or a code that tells why not; at most 100 characters
 * @param address from where it came, if from elsewhere; at most 200 characters
 * @param details a JSON object
 */
public record AuditEntry(
        Actor actor,
        String action,
        @Nullable String target,
        String outcome,
        @Nullable String address,
        Json details) {

    private static final Pattern SNAKE_CASE = Pattern.compile("[a-z][a-z0-9_]{0,99}");

    public AuditEntry {
        requireSnakeCase("action", action);
        requireSnakeCase("outcome", outcome);
        requireShort("target", target, 1000);
        requireShort("address", address, 200);
    }

    private static void requireSnakeCase(String what, String text) {
        if (!SNAKE_CASE.matcher(text).matches()) {
            throw new IllegalArgumentException("The " + what
                    + " of an audit entry is in snake_case and has at most 100 characters: '" + text + "'");
        }
    }

    private static void requireShort(String what, @Nullable String text, int most) {
        if (text != null && Storable.text("The " + what, text).length() > most) {
            throw new IllegalArgumentException(
                    "The " + what + " of an audit entry has at most " + most + " characters, not " + text.length());
        }
    }
}
