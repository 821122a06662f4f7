package dev.agentrunner.http.access;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What stands for a session in its cookie, and nowhere else.
 *
 * @param text 256 random bits as 43 characters of base64url
 */
record SessionToken(String text) {

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final int BYTES = 32;

    /** A new one. */
    static SessionToken random(SecureRandom random) {
        byte[] bits = new byte[BYTES];
        random.nextBytes(bits);
        return new SessionToken(Base64.getUrlEncoder().withoutPadding().encodeToString(bits));
    }

    /** Reads one; empty if the text is none. */
    static Optional<SessionToken> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new SessionToken(text)) : Optional.empty();
    }

    /** What is kept of it. */
    String sha256() {
        return Sha256.of(text);
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "SessionToken[…]";
    }
}
