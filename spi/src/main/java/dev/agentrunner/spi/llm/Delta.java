package dev.agentrunner.spi.llm;

/** A piece of an answer, as it comes. */
public sealed interface Delta {

    /** The server has begun to answer; nothing of the answer is there yet. */
    record Opened() implements Delta {}

    /** More text. */
    record Text(String text) implements Delta {}

    /** More of what the model thinks. */
    record Thinking(String text) implements Delta {}

    /** A tool call, whole. */
    record Call(ToolCall call) implements Delta {}
}
