package dev.agentrunner.ollama.fake;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Writes the parts of a reply as HTTP/1.1, up to a limit. Not thread-safe. */
final class Wire {

    private static final byte[] LINE = {'\r', '\n'};

    private final OutputStream out;
    private final boolean slow;
    private int left;
    private boolean chunked;

    Wire(OutputStream out, int limit, boolean slow) {
        this.out = out;
        this.left = limit;
        this.slow = slow;
    }

    /** @throws EOFException where the limit is reached */
    void write(Reply.Step step) throws IOException {
        if (step instanceof Reply.Step.Head head) {
            head(head.status(), head.headers());
        } else if (step instanceof Reply.Step.Chunk chunk && chunk.bytes().length > 0) {
            if (chunked) {
                send(ascii(Integer.toHexString(chunk.bytes().length)), LINE, chunk.bytes(), LINE);
            } else {
                send(chunk.bytes());
            }
        } else if (step instanceof Reply.Step.Raw raw) {
            send(raw.bytes());
        }
        out.flush();
    }

    /** @return whether the connection can be used again */
    boolean end() throws IOException {
        if (chunked) {
            send(ascii("0"), LINE, LINE);
            out.flush();
        }
        return chunked;
    }

    private void head(int status, Map<String, String> headers) throws IOException {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Whatever\r\n");
        headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
        // whoever says how the body ends, or that its end is the connection's, does it himself
        chunked = !headers.containsKey("Content-Length") && !headers.containsKey("Connection");
        if (chunked) {
            head.append("Transfer-Encoding: chunked\r\n");
        }
        send(ascii(head.toString()), LINE);
    }

    private void send(byte[]... parts) throws IOException {
        for (byte[] part : parts) {
            int length = Math.min(part.length, left);
            if (slow) {
                for (int i = 0; i < length; i++) {
                    out.write(part[i]);
                    out.flush();
                }
            } else {
                out.write(part, 0, length);
            }
            left -= length;
            if (length < part.length) {
                out.flush();
                throw new EOFException("cut here");
            }
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
