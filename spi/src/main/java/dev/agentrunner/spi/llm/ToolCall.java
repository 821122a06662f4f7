package dev.agentrunner.spi.llm;

import dev.agentrunner.spi.model.Json;

/**
 * A model asks for a tool.
 *
 * @param id tells calls of one answer apart; the provider's, or made up by its adapter
 * @param arguments a JSON object; not checked against the tool's schema
 */
public record ToolCall(String id, String name, Json arguments) {}
