package dev.agentrunner.server.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what somebody may have meant: by Levenshtein's distance. */
public final class Nearest {

    private Nearest() {}

    /** The name that takes the fewest changes, unless they are more than a third of it. */
    public static Optional<String> to(String text, Collection<String> names) {
        return names.stream()
                .min(Comparator.comparingInt(name -> distance(text, name)))
                .filter(name -> distance(text, name) <= Math.max(2, name.length() / 3));
    }

    static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int changed = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.length()];
    }
}
