package dev.agentrunner.yaml.folder;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The order of versions: part by part, numbers as numbers, so that 1.10 comes after 1.9. */
final class Versions {

    static final Comparator<String> ORDER = Versions::compare;

    private static final Pattern PART = Pattern.compile("\\d+|[^\\d.]+");

    private Versions() {}

    private static int compare(String one, String other) {
        List<String> left = parts(one);
        List<String> right = parts(other);
        for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
            int order = comparePart(left.get(i), right.get(i));
            if (order != 0) {
                return order;
            }
        }
        int order = Integer.compare(left.size(), right.size());
        return order == 0 ? one.compareTo(other) : order;
    }

    private static List<String> parts(String version) {
        return PART.matcher(version).results().map(MatchResult::group).toList();
    }

    private static int comparePart(String one, String other) {
        boolean numbers = Character.isDigit(one.charAt(0)) && Character.isDigit(other.charAt(0));
        return numbers ? new BigInteger(one).compareTo(new BigInteger(other)) : one.compareTo(other);
    }
}
