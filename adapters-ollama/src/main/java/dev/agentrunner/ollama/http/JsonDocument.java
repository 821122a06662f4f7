package dev.agentrunner.ollama.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Reads a body that is one JSON object. Not thread-safe. */
public final class JsonDocument implements Content<JsonNode> {

    private static final int LONGEST = 64 << 20;

    private final ByteArrayOutputStream read = new ByteArrayOutputStream();

    @Override
    public void feed(ByteBuffer bytes) {
        byte[] part = new byte[bytes.remaining()];
        bytes.get(part);
        if (part.length > LONGEST - read.size()) {
            throw Errors.malformed(
                    "The server sent an answer of more than " + LONGEST + " bytes; reading was given up");
        }
        read.write(part, 0, part.length);
    }

    @Override
    public JsonNode end() {
        return Fields.object(read.toString(StandardCharsets.UTF_8));
    }
}
