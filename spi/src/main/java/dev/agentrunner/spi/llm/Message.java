package dev.agentrunner.spi.llm;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One message of a conversation. Immutable.
 *
 * @param thinking what an assistant thought before it said the text
 * @param images only of a user
 * @param toolCalls only of an assistant
 * @param answers the call that a tool's message answers
 */
public record Message(
        Role role,
        String text,
        @Nullable String thinking,
        List<Image> images,
        List<ToolCall> toolCalls,
        @Nullable ToolCall answers) {

    /** Who speaks. */
    public enum Role {
        SYSTEM,
        USER,
        ASSISTANT,
        TOOL
    }

    /**
     * A picture.
     *
     * @param mediaType such as {@code image/png}
     * @param base64 its bytes
     */
    public record Image(String mediaType, String base64) {}

    public Message {
        images = List.copyOf(images);
        toolCalls = List.copyOf(toolCalls);
        if ((role == Role.TOOL) != (answers != null)) {
            throw new IllegalArgumentException("A message of a tool, and only that, answers a call");
        }
    }

    public static Message system(String text) {
        return new Message(Role.SYSTEM, text, null, List.of(), List.of(), null);
    }

    public static Message user(String text) {
        return user(text, List.of());
    }

    public static Message user(String text, List<Image> images) {
        return new Message(Role.USER, text, null, images, List.of(), null);
    }

    public static Message assistant(String text) {
        return assistant(text, null, List.of());
    }

    public static Message assistant(String text, @Nullable String thinking, List<ToolCall> calls) {
        return new Message(Role.ASSISTANT, text, thinking, List.of(), calls, null);
    }

    /** What came of a call. */
    public static Message tool(ToolCall call, String result) {
        return new Message(Role.TOOL, result, null, List.of(), List.of(), call);
    }
}
