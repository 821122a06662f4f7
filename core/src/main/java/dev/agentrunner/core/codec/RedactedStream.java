package dev.agentrunner.core.codec;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;

/** A text in UTF-8 without the secrets in it. What is no UTF-8 becomes U+FFFD. Used by one thread. */
public final class RedactedStream extends InputStream {

    private final Reader text;
    private final SecretStream secrets;
    private final StringBuilder clean = new StringBuilder();
    private final char[] buffer = new char[8 << 10];
    private byte[] ready = new byte[0];
    private int position;
    private boolean ended;

    public RedactedStream(InputStream source, Secrets secrets) {
        this.text = new InputStreamReader(source, StandardCharsets.UTF_8);
        this.secrets = secrets.stream(clean::append);
    }

    @Override
    public int read() throws IOException {
        return fill() ? ready[position++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, ready.length - position);
        System.arraycopy(ready, position, into, offset, count);
        position += count;
        return count;
    }

    /** Makes sure that there is something to read; false at the end. */
    private boolean fill() throws IOException {
        while (position == ready.length && !ended) {
            int read = text.read(buffer);
            if (read < 0) {
                secrets.end();
                ended = true;
            } else {
                secrets.add(new String(buffer, 0, read));
            }
            // Half of a surrogate pair is left for when the other half has come.
            int whole = clean.length();
            if (!ended && whole > 0 && Character.isHighSurrogate(clean.charAt(whole - 1))) {
                whole--;
            }
            ready = clean.substring(0, whole).getBytes(StandardCharsets.UTF_8);
            clean.delete(0, whole);
            position = 0;
        }
        return position < ready.length;
    }

    @Override
    public void close() throws IOException {
        text.close();
    }
}
