package dev.agentrunner.yaml.source;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/** Says what was probably meant by a name that is not known. */
public final class Spelling {

    private static final int LONGEST = 100;
    private static final int MOST_SHOWN = 20;
    private static final int MOST_COMPARED = 1_000;
    /** Letters; more is another word. */
    private static final int FARTHEST = 2;

    private Spelling() {}

    /** Whether a name is so much like one of these that it was probably meant to be it. */
    public static boolean isMeant(String unknown, Collection<String> known) {
        return closest(unknown, known).isPresent();
    }

    /** To end a message with: {@code ; did you mean 'prompt'?}, or the names that are known, if there are any. */
    public static String hint(String unknown, Collection<String> known) {
        return closest(unknown, known)
                .map(name -> "; did you mean " + Excerpt.quoted(name) + "?")
                .orElseGet(() -> "; " + list("known", known));
    }

    private static Optional<String> closest(String unknown, Collection<String> known) {
        String lower = unknown.toLowerCase(Locale.ROOT);
        int most = unknown.length() < 2 ? 0 : Math.max(1, Math.min(FARTHEST, unknown.length() / 3));
        return known.stream()
                .limit(MOST_COMPARED)
                .filter(name -> distance(lower, name.toLowerCase(Locale.ROOT)) <= most)
                .min(Comparator.<String>comparingInt(name -> distance(lower, name.toLowerCase(Locale.ROOT)))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** All names in order, as far as they fit into a message. */
    public static String list(String title, Collection<String> names) {
        if (names.isEmpty()) {
            return title + ": none";
        }
        StringBuilder out = new StringBuilder(title).append(": ");
        int shown = 0;
        for (String name : new TreeSet<>(names)) {
            if (shown == MOST_SHOWN) {
                return out.append(", …").toString();
            }
            out.append(shown++ == 0 ? "" : ", ").append(Excerpt.of(name));
        }
        return out.toString();
    }

    /** How many letters must be put in, taken out, replaced, or swapped with the next; three stands for any more. */
    private static int distance(String a, String b) {
        if (Math.abs(a.length() - b.length()) > FARTHEST || a.length() > LONGEST) {
            return FARTHEST + 1;
        }
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            Arrays.fill(cost[i], FARTHEST + 1);
            // what is farther from the diagonal costs more in any case
            for (int j = Math.max(0, i - FARTHEST); j <= Math.min(b.length(), i + FARTHEST); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(a, b, i, j, cost);
            }
        }
        return Math.min(FARTHEST + 1, cost[a.length()][b.length()]);
    }

    private static int cheapest(String a, String b, int i, int j, int[][] cost) {
        int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int best = Math.min(cost[i - 1][j - 1] + same, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
    }
}
