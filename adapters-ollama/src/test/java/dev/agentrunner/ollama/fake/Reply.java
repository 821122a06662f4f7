package dev.agentrunner.ollama.fake;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the server sends, and how it misbehaves. Immutable: each method gives a new reply.
 *
 * <p>The body is chunked; a reply ends as it should unless {@link #cut}, {@link #reset} or {@link #cutAfter} say
 * otherwise.
 */
public final class Reply {

    /** A part of a reply, in the order in which they happen. */
    sealed interface Step {
        record Head(int status, Map<String, String> headers) implements Step {}

        record Chunk(byte[] bytes) implements Step {}

        record Raw(byte[] bytes) implements Step {}

        record Stall(Gate gate) implements Step {}

        record Cut(boolean reset) implements Step {}
    }

    private final List<Step> steps;
    private final int limit;
    private final boolean slow;

    private Reply(List<Step> steps, int limit, boolean slow) {
        this.steps = List.copyOf(steps);
        this.limit = limit;
        this.slow = slow;
    }

    /** Nothing yet; for a stall before the headers. */
    public static Reply nothing() {
        return new Reply(List.of(), Integer.MAX_VALUE, false);
    }

    /** 200 with newline-delimited JSON. */
    public static Reply ok(String... lines) {
        return nothing().thenOk(lines);
    }

    public static Reply status(int status, Map<String, String> headers, String body) {
        return nothing().head(status, headers).bytes(body.getBytes(StandardCharsets.UTF_8));
    }

    /** As Ollama tells an error before it has begun to answer. */
    public static Reply error(int status, String error) {
        return status(
                status,
                Map.of("Content-Type", "application/json; charset=utf-8"),
                "{\"error\":" + ChatLines.quoted(error) + "}");
    }

    public Reply thenOk(String... lines) {
        return head(200, Map.of("Content-Type", "application/x-ndjson")).lines(lines);
    }

    public Reply head(int status, Map<String, String> headers) {
        return with(new Step.Head(status, headers));
    }

    public Reply lines(String... lines) {
        Reply reply = this;
        for (String line : lines) {
            reply = reply.bytes((line + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return reply;
    }

    /** A chunk of the body. */
    public Reply bytes(byte[] bytes) {
        return with(new Step.Chunk(bytes));
    }

    /** Bytes on the wire, whatever HTTP says. */
    public Reply raw(String bytes) {
        return with(new Step.Raw(bytes.getBytes(StandardCharsets.ISO_8859_1)));
    }

    /** Waits until the gate is opened, or the client is gone. */
    public Reply stall(Gate gate) {
        return with(new Step.Stall(gate));
    }

    /** Closes the connection as if all was said. */
    public Reply cut() {
        return with(new Step.Cut(false));
    }

    /** Resets the connection. */
    public Reply reset() {
        return with(new Step.Cut(true));
    }

    /** Cuts the connection after so many bytes, counted from the first of the status line. */
    public Reply cutAfter(int bytes) {
        return new Reply(steps, bytes, slow);
    }

    /** Sends every byte in a packet of its own. */
    public Reply slowly() {
        return new Reply(steps, limit, true);
    }

    /** How many bytes a connection carries if nothing cuts it. */
    public int length() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try {
            Wire wire = new Wire(all, Integer.MAX_VALUE, false);
            for (Step step : steps) {
                wire.write(step);
            }
            wire.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all.size();
    }

    List<Step> steps() {
        return steps;
    }

    int limit() {
        return limit;
    }

    boolean isSlow() {
        return slow;
    }

    private Reply with(Step step) {
        List<Step> more = new ArrayList<>(steps);
        more.add(step);
        return new Reply(more, limit, slow);
    }
}
