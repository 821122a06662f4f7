package dev.agentrunner.server.wiring;

import java.util.Locale;

/**
 * What a check found.
 *
 * @param detail what it is, and what to do if it is not well
 */
public record Finding(String check, Status status, String detail) {

    /** How well it is. */
    public enum Status {
        OK,
        /** Works without. */
        WARNING,
        FAILED;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Finding ok(String check, String detail) {
        return new Finding(check, Status.OK, detail);
    }

    static Finding warning(String check, String detail) {
        return new Finding(check, Status.WARNING, detail);
    }

    static Finding failed(String check, String detail) {
        return new Finding(check, Status.FAILED, detail);
    }
}
