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

    static final String PEM = "-----BEGIN [A-Z ]*PRIVATE KEY-----";

    /** A word of more characters is no key; it is not held back for ever. */
    private static final int LONGEST_WORD = 4_096;

    private static final Pattern PEM_BEGIN = Pattern.compile("-----BEGIN [A-Z ]*(?:PRIVATE KEY-----)?");

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
        while (word > 0 && !Character.isWhitespace(held.charAt(word - 1))) {
            word--;
        }
        if (held.length() - word > LONGEST_WORD) {
            word = held.length() - LONGEST_WORD / 2;
        }
        int safe = Math.min(word, held.length() - Math.max(0, secrets.longest() - 1));
        Matcher begun = PEM_BEGIN.matcher(held);
        if (begun.find() && begun.start() < safe) {
            safe = begun.start();
        }
        // What spans the cut is passed on as a whole, later.
        for (Matcher each = secrets.pattern().matcher(held); safe > 0 && each.find() && each.start() < safe; ) {
            if (each.end() > safe) {
                safe = each.start();
            }
        }
        return Math.max(0, safe);
    }
}
