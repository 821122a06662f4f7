package dev.agentrunner.workflow;

import java.util.Locale;
import java.util.Map;

/** Media types of texts, by the ending of their name. */
final class MediaTypes {

    private static final Map<String, String> BY_ENDING = Map.of(
            "md", "text/markdown",
            "json", "application/json",
            "html", "text/html",
            "css", "text/css",
            "csv", "text/csv",
            "xml", "application/xml",
            "yaml", "application/yaml",
            "yml", "application/yaml");

    private MediaTypes() {}

    static String ofName(String name) {
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return BY_ENDING.getOrDefault(ending, "text/plain");
    }
}
