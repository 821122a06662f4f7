package dev.agentrunner.http.access;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An API key as its holder has it: {@code ar_<id>_<secret>}.
 *
 * @param id public
 * @param secret 256 random bits as 43 characters of base64url
 */
public record KeyText(String id, String secret) {

    private static final Pattern FORM = Pattern.compile("ar_([A-Za-z0-9]{4,40})_([A-Za-z0-9_-]{43})");

    private static final String ID_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";
    private static final int ID_LENGTH = 10;
    private static final int SECRET_BYTES = 32;

    /** A new one. */
    public static KeyText random(SecureRandom random) {
        StringBuilder id = new StringBuilder();
        random.ints(ID_LENGTH, 0, ID_LETTERS.length()).forEach(at -> id.append(ID_LETTERS.charAt(at)));
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        return new KeyText(
                id.toString(), Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    }

    /** Reads one; empty if the text is none. */
    public static Optional<KeyText> parse(String text) {
        Matcher form = FORM.matcher(text);
        return form.matches() ? Optional.of(new KeyText(form.group(1), form.group(2))) : Optional.empty();
    }

    /** Of the secret: what is kept of it. */
    public String sha256() {
        return Sha256.of(secret);
    }

    /** All of it, for its holder. */
    public String text() {
        return "ar_" + id + "_" + secret;
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "ar_" + id + "_…";
    }
}
