package dev.agentrunner.ollama.http;

import dev.agentrunner.spi.llm.ModelException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** Cuts bytes at line feeds, however they are chunked. Keeps at most one line. Not thread-safe. */
final class LineSplitter {

    /** Ollama's own client reads no longer lines either. */
    static final int LONGEST = 8 << 20;

    private ByteArrayOutputStream begun = new ByteArrayOutputStream();

    /**
     * @param lines told each line without its line feed
     * @throws ModelException if a line is too long
     */
    void feed(ByteBuffer bytes, Consumer<byte[]> lines) {
        while (bytes.hasRemaining()) {
            int end = lineFeed(bytes);
            take(bytes, (end < 0 ? bytes.limit() : end) - bytes.position());
            if (end >= 0) {
                bytes.get();
                flush(lines);
            }
        }
    }

    /** Takes what follows the last line feed as a line, too. */
    void end(Consumer<byte[]> lines) {
        if (begun.size() > 0) {
            flush(lines);
        }
    }

    private void flush(Consumer<byte[]> lines) {
        byte[] line = begun.toByteArray();
        begun = new ByteArrayOutputStream();
        lines.accept(line);
    }

    private void take(ByteBuffer bytes, int count) {
        if (count > LONGEST - begun.size()) {
            throw new ModelException(
                    ModelException.Kind.MALFORMED,
                    "The server sent a line of more than " + LONGEST + " bytes; reading was given up");
        }
        byte[] part = new byte[count];
        bytes.get(part);
        begun.write(part, 0, count);
    }

    private static int lineFeed(ByteBuffer bytes) {
        for (int i = bytes.position(); i < bytes.limit(); i++) {
            if (bytes.get(i) == '\n') {
                return i;
            }
        }
        return -1;
    }
}
