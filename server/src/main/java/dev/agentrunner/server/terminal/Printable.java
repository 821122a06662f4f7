package dev.agentrunner.server.terminal;

/** Makes texts of others harmless: a terminal must not obey what is in a run's name or a model's answer. */
public final class Printable {

    private Printable() {}

    /** One line, without control characters. */
    public static String line(String text) {
        return text.replaceAll("\\s*\\R\\s*", " ⏎ ").replace('\t', ' ').replaceAll("[\\p{Cntrl}\\p{Cf}]", "�");
    }

    /** Lines, without control characters. */
    public static String lines(String text) {
        return text.replaceAll("\\R", "\n").replace("\t", "    ").replaceAll("[\\p{Cntrl}\\p{Cf}&&[^\n]]", "�");
    }

    /** At most so many characters, with an ellipsis if some are missing. */
    public static String atMost(int characters, String text) {
        return text.codePointCount(0, text.length()) <= characters
                ? text
                : text.substring(0, text.offsetByCodePoints(0, characters - 1)) + "…";
    }
}
