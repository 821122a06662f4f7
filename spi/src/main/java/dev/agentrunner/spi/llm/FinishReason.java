package dev.agentrunner.spi.llm;

/** Why a model stopped. */
public enum FinishReason {
    /** It had said everything. */
    STOP,
    /** It ran into its limit of tokens; the text is cut. */
    LENGTH,
    /** It waits for what its tool calls bring. */
    TOOL_CALLS,
    /** The provider held something back. */
    CONTENT_FILTER,
    OTHER
}
