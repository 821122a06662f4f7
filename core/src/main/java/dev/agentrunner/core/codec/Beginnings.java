package dev.agentrunner.core.codec;

import java.util.Collection;
import java.util.List;

/** Texts that are looked for all at once, with one look at each character: by a hash of the last three. Immutable. */
final class Beginnings {

    private static final int LENGTH = 3;

    /** Characters move on by five bits each, so a fourth one pushes the first one out. */
    private static final int MASK = (1 << (LENGTH * 5)) - 1;

    private final List<String> all;

    /** A bit for each hash that one of them begins with. */
    private final long[] known = new long[(MASK + 1) / Long.SIZE];

    /**
     * @param all each of three characters or more
     */
    Beginnings(Collection<String> all) {
        this.all = List.copyOf(all);
        for (String each : all) {
            int hash = 0;
            for (int i = 0; i < LENGTH; i++) {
                hash = hash(hash, each.charAt(i));
            }
            known[hash / Long.SIZE] |= 1L << hash;
        }
    }

    /** Where one of them is next, from there on; -1 if there is none. */
    int next(String text, int from) {
        int hash = 0;
        for (int i = from; i < text.length(); i++) {
            hash = hash(hash, text.charAt(i));
            if (((known[hash / Long.SIZE] >>> hash) & 1) != 0) {
                int start = i - LENGTH + 1;
                if (start >= from && isAt(text, start)) {
                    return start;
                }
            }
        }
        return -1;
    }

    private static int hash(int before, char next) {
        return ((before << 5) ^ next) & MASK;
    }

    private boolean isAt(String text, int start) {
        for (String each : all) {
            if (text.startsWith(each, start)) {
                return true;
            }
        }
        return false;
    }
}
