package dev.agentrunner.core.codec;

import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text that comes in pieces, redacted. What may be the beginning of a secret is held back until what follows decides:
 * the last word, as many characters as the longest named secret has, and a private key until its end. Used by one
 * thread.
 */
public final class SecretStream {

    static final String PEM_BEGINNING = "-----BEGIN ";
    static final String PEM_REST = "[A-Z ]*PRIVATE KEY-----";

    /** A word of more characters is no key; it is not held back for ever. */
    private static final int LONGEST_WORD = 4_096;

    private static final Pattern PEM_HEADER = Pattern.compile(PEM_BEGINNING + PEM_REST);
    private static final Pattern PEM_END = Pattern.compile("-----END [A-Z ]*PRIVATE KEY-----");
    private static final Pattern HALF_A_HEADER = Pattern.compile("-----BEGIN [A-Z ]{0,40}-{0,5}\\z");

    /** Words of so few letters begin no key. */
    private static final int SHORT_WORD = 16;

    private final Secrets secrets;
    private final Consumer<String> out;
    private final StringBuilder held = new StringBuilder();

    SecretStream(Secrets secrets, Consumer<String> out) {
        this.secrets = secrets;
        this.out = out;
    }

    public void add(String piece) {
        held.append(piece);
        int safe = safe();
        if (safe > 0) {
            pass(safe);
        }
    }

    /** Something else follows first: gives out a last word that does not look like the beginning of a key. */
    public void pause() {
        boolean word = held.length() < SHORT_WORD
                && held.chars().allMatch(character -> Character.isLetter(character) || character == '.');
        if (word && !held.isEmpty()) {
            pass(held.length());
        }
    }

    /** Nothing follows. */
    public void end() {
        if (!held.isEmpty()) {
            pass(held.length());
        }
    }

    private void pass(int length) {
        String clean = secrets.redact(held.substring(0, length));
        held.delete(0, length);
        out.accept(clean);
    }

    /** How many characters cannot be part of a secret that is not complete yet. */
    private int safe() {
        int word = held.length();
        while (word > 0 && isOfKeys(held.charAt(word - 1))) {
            word--;
        }
        if (held.length() - word > LONGEST_WORD) {
            word = held.length() - LONGEST_WORD / 2;
        }
        int safe = Math.min(word, held.length() - Math.max(0, secrets.longest() - 1));
        safe = Math.min(safe, unfinishedPrivateKey());
        // What spans the cut is passed on as a whole, later.
        for (Matcher each = secrets.pattern().matcher(held); safe > 0 && each.find() && each.start() < safe; ) {
            if (each.end() > safe) {
                safe = each.start();
            }
        }
        boolean inPair = safe > 0 && safe < held.length() && Character.isLowSurrogate(held.charAt(safe));
        return Math.max(0, inPair ? safe - 1 : safe);
    }

    private static boolean isOfKeys(char character) {
        return character < 128 && (Character.isLetterOrDigit(character) || "_.-".indexOf(character) >= 0);
    }

    /** Where one begins that has not ended yet; all of it if there is none. */
    private int unfinishedPrivateKey() {
        int last = -1;
        for (Matcher header = PEM_HEADER.matcher(held); header.find(); ) {
            last = header.start();
        }
        if (last >= 0 && !PEM_END.matcher(held).region(last, held.length()).find()) {
            return last;
        }
        Matcher half = HALF_A_HEADER.matcher(held);
        return half.find() ? half.start() : held.length();
    }
}
