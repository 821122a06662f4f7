package dev.agentrunner.workspace.command;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Turns bytes that come in pieces into whole characters; what is not UTF-8 becomes U+FFFD. Not thread-safe. */
final class Characters {

    /** The bytes of a character that has not come whole, at most. */
    private static final int HALF = 3;

    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private final ByteBuffer bytes;
    private final CharBuffer characters;

    /** @param most how many bytes come at once */
    Characters(int most) {
        bytes = ByteBuffer.allocate(most + HALF);
        characters = CharBuffer.allocate(most + HALF);
    }

    /** The characters that are whole by now. */
    String add(byte[] part, int length) {
        bytes.put(part, 0, length).flip();
        decoder.decode(bytes, characters, false);
        bytes.compact();
        return taken();
    }

    /** What is left at the end, which is no whole character. */
    String end() {
        bytes.flip();
        decoder.decode(bytes, characters, true);
        decoder.flush(characters);
        return taken();
    }

    private String taken() {
        String text = characters.flip().toString();
        characters.clear();
        return text;
    }
}
