package dev.agentrunner.ollama;

import dev.agentrunner.ollama.fake.ChatLines;
import dev.agentrunner.ollama.fake.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/** Makes streams and damages them. */
final class Scramble {

    private static final List<String> WORDS =
            List.of("a", "Grüße ", "漢字", "🌍🌎", "\n\r\n", "\"\\", "{\"done\":true}", " ", "\u2028", "null");

    private static final List<String> GARBAGE = List.of(
            "{}",
            "[]",
            "null",
            "{\"done\":1}",
            "<html>",
            "{\"message\":",
            "data: x",
            "{\"done\":true}}",
            "\u00e9",
            "\"");

    enum Sort {
        TEXT,
        THINKING,
        CALL,
        DONE,
        BLANK,
        GARBAGE
    }

    /**
     * @param bytes without a line feed
     * @param says the text that it carries
     */
    record Line(Sort sort, byte[] bytes, String says) {

        static Line of(Sort sort, String line, String says) {
            return new Line(sort, line.getBytes(StandardCharsets.UTF_8), says);
        }
    }

    private Scramble() {}

    static List<Line> intact(Random random) {
        List<Line> lines = new ArrayList<>();
        for (int i = random.nextInt(8); i > 0; i--) {
            String word = WORDS.get(random.nextInt(WORDS.size()));
            lines.add(
                    switch (random.nextInt(4)) {
                        case 0 -> Line.of(Sort.THINKING, ChatLines.thinking(word), word);
                        case 1 -> Line.of(Sort.CALL, ChatLines.call("tool", "{\"x\":[1.5,\"é\"]}"), "");
                        default -> Line.of(Sort.TEXT, ChatLines.text(word), word);
                    });
        }
        lines.add(Line.of(Sort.DONE, ChatLines.done(), ""));
        return lines;
    }

    /** Does one to three things to the lines: garbage, blanks, doubles, losses, another order. */
    static List<Line> damaged(List<Line> intact, Random random) {
        List<Line> lines = new ArrayList<>(intact);
        for (int i = random.nextInt(3); i >= 0; i--) {
            int at = random.nextInt(lines.size());
            switch (random.nextInt(6)) {
                case 0 -> lines.add(at, garbage(random));
                case 1 -> lines.add(at, Line.of(Sort.BLANK, " \r", ""));
                case 2 -> lines.add(random.nextInt(lines.size() + 1), lines.get(at));
                case 3 -> Collections.swap(lines, at, random.nextInt(lines.size()));
                case 4 -> Collections.shuffle(lines, random);
                default -> {
                    if (lines.size() > 1) {
                        lines.remove(at);
                    }
                }
            }
        }
        return lines;
    }

    private static Line garbage(Random random) {
        if (random.nextBoolean()) {
            return Line.of(Sort.GARBAGE, GARBAGE.get(random.nextInt(GARBAGE.size())), "");
        }
        byte[] bytes = new byte[1 + random.nextInt(40)];
        random.nextBytes(bytes);
        bytes[0] = (byte) (random.nextBoolean() ? 0xff : 0);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = bytes[i] == '\n' ? 0 : bytes[i];
        }
        return new Line(Sort.GARBAGE, bytes, "");
    }

    static byte[] bytes(List<Line> lines) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (Line line : lines) {
            bytes.writeBytes(line.bytes());
            bytes.write('\n');
        }
        return bytes.toByteArray();
    }

    static byte[] packed(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        }
        return packed.toByteArray();
    }

    /** The bytes in chunks that end anywhere, also inside a character. */
    static Reply chunked(Reply begun, byte[] bytes, Random random) {
        Reply reply = begun;
        int longest = 1 + random.nextInt(random.nextBoolean() ? 3 : 400);
        for (int at = 0; at < bytes.length; ) {
            int end = Math.min(bytes.length, at + 1 + random.nextInt(longest));
            reply = reply.bytes(Arrays.copyOfRange(bytes, at, end));
            at = end;
        }
        return reply;
    }
}
