package dev.agentrunner.workflow;

import java.util.Locale;
import java.util.Map;

/** Media types of texts, by the ending of their name. */
public final class MediaTypes {

    private static final Map<String, String> BY_ENDING = Map.ofEntries(
            Map.entry("md", "text/markdown"),
            Map.entry("txt", "text/plain"),
            Map.entry("log", "text/plain"),
            Map.entry("java", "text/plain"),
            Map.entry("properties", "text/plain"),
            Map.entry("json", "application/json"),
            Map.entry("html", "text/html"),
            Map.entry("css", "text/css"),
            Map.entry("csv", "text/csv"),
            Map.entry("diff", "text/x-diff"),
            Map.entry("xml", "application/xml"),
            Map.entry("yaml", "application/yaml"),
            Map.entry("yml", "application/yaml"),
            Map.entry("png", "image/png"),
            Map.entry("jpg", "image/jpeg"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("zip", "application/zip"),
            Map.entry("gz", "application/gzip"));

    private MediaTypes() {}

    /** As {@link #ofName}; a file whose name tells nothing is taken for any bytes. */
    public static String ofFile(String path) {
        return BY_ENDING.getOrDefault(ending(path), "application/octet-stream");
    }

    /** A text whose name tells nothing is taken for a plain one. */
    public static String ofName(String name) {
        return BY_ENDING.getOrDefault(ending(name), "text/plain");
    }

    private static String ending(String name) {
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }
}
