package dev.agentrunner.yaml.expression;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Judges regular expressions before they are used. Matching is watched where it reads the text, but it can also go in
 * circles without reading any: repeating something empty very often, or trying all ways in which many parts can be empty.
 */
final class Regexes {

    private static final Pattern REPEATED = Pattern.compile("\\{\\s*([0-9]+)");
    private static final Pattern REPEATED_GROUP = Pattern.compile("\\)\\s*\\{\\s*([0-9]+)");
    private static final long REPEATS = 10_000;

    /** The ways are two to this power. */
    private static final int BRANCHES = 20;

    private Regexes() {}

    static boolean isWasteful(String regex) {
        return product(REPEATED, regex, true) > REPEATS
                || product(REPEATED_GROUP, regex, false) > REPEATS
                || emptyBranches(regex) > BRANCHES;
    }

    /** The largest, or the product, of the numbers of repeats. */
    private static long product(Pattern of, String regex, boolean largest) {
        long result = 1;
        Matcher matcher = of.matcher(regex);
        while (matcher.find()) {
            long repeats = matcher.group(1).length() > 6 ? REPEATS + 1 : Math.max(1, Long.parseLong(matcher.group(1)));
            result = largest ? Math.max(result, repeats) : Math.min(REPEATS + 1, result * repeats);
        }
        return result;
    }

    /** Counts, rather too many than too few, where it branches into something that may be empty. */
    private static int emptyBranches(String regex) {
        int branches = 0;
        for (int i = 0; i < regex.length(); i++) {
            char c = regex.charAt(i);
            char before = i == 0 ? '(' : regex.charAt(i - 1);
            char after = i + 1 == regex.length() ? ')' : regex.charAt(i + 1);
            boolean optional = before == ')' && "?{*+".indexOf(c) >= 0;
            boolean empty = c == '|'
                    && ("(|*?}^$)".indexOf(before) >= 0 || "|)^$(".indexOf(after) >= 0 || maybeEmpty(regex, i + 1));
            if (optional || empty) {
                branches++;
            }
        }
        return branches;
    }

    /** Whether the branch that begins here begins with something that may be empty. */
    private static boolean maybeEmpty(String regex, int at) {
        return at + 1 < regex.length() && (regex.charAt(at) == '\\' || "*?{".indexOf(regex.charAt(at + 1)) >= 0);
    }
}
