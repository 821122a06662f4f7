package dev.agentrunner.server.terminal;

/** How a text looks on a terminal that shows colours. */
public enum Style {
    PLAIN(""),
    BOLD("1"),
    DIM("2"),
    GOOD("32"),
    BAD("31"),
    BUSY("36"),
    WAITING("33");

    private final String code;

    Style(String code) {
        this.code = code;
    }

    /** The style in which a run's, a step's or a check's status is shown. */
    public static Style of(String status) {
        return switch (status) {
            case "COMPLETED", "ok" -> GOOD;
            case "FAILED", "failed" -> BAD;
            case "RUNNING" -> BUSY;
            case "CANCELED", "SKIPPED" -> DIM;
            case "PAUSED", "TIMER", "SIGNAL", "APPROVAL", "CHILD", "RETRY", "warning" -> WAITING;
            default -> PLAIN;
        };
    }

    String wrap(String text) {
        return this == PLAIN || text.isEmpty() ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
    }
}
