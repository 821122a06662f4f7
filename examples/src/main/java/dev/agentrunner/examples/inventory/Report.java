package dev.agentrunner.examples.inventory;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The readable report, in Markdown. */
final class Report {

    private static final int LARGEST = 10;

    private Report() {}

    static String of(String path, List<Part> parts, Summary summary) {
        List<FileEntry> files =
                parts.stream().flatMap(part -> part.files().stream()).toList();
        StringBuilder text = new StringBuilder();
        text.append("# Inventory of `").append(path).append("`\n\n");
        text.append(summary.files())
                .append(" files, ")
                .append(size(summary.bytes()))
                .append(". SHA-256 over all: `")
                .append(summary.sha256())
                .append("`\n");
        text.append("\n## By entry\n\n| Entry | Files | Size |\n|---|---:|---:|\n");
        parts.forEach(part -> row(text, part.name(), part.files().size(), part.bytes()));
        text.append("\n## By type\n\n| Type | Files | Size |\n|---|---:|---:|\n");
        byType(files)
                .forEach((type, all) -> row(
                        text,
                        type,
                        all.size(),
                        all.stream().mapToLong(FileEntry::size).sum()));
        text.append("\n## Largest files\n\n| File | Size | SHA-256 |\n|---|---:|---|\n");
        files.stream()
                .sorted(Comparator.comparingLong(FileEntry::size).reversed().thenComparing(FileEntry::path))
                .limit(LARGEST)
                .forEach(file -> text.append("| ")
                        .append(escaped(file.path()))
                        .append(" | ")
                        .append(size(file.size()))
                        .append(" | `")
                        .append(file.sha256(), 0, 12)
                        .append("…` |\n"));
        return text.toString();
    }

    private static Map<String, List<FileEntry>> byType(List<FileEntry> files) {
        return files.stream().collect(Collectors.groupingBy(FileEntry::type, TreeMap::new, Collectors.toList()));
    }

    private static void row(StringBuilder text, String name, int files, long bytes) {
        text.append("| ")
                .append(escaped(name))
                .append(" | ")
                .append(files)
                .append(" | ")
                .append(size(bytes))
                .append(" |\n");
    }

    private static String escaped(String name) {
        return name.replace("|", "\\|");
    }

    /** Bytes for people: 1.2 kB, 3.4 MB. */
    static String size(long bytes) {
        if (bytes < 1000) {
            return bytes + " B";
        }
        double value = bytes;
        String unit = "B";
        for (String larger : List.of("kB", "MB", "GB", "TB")) {
            if (value < 1000) {
                break;
            }
            value /= 1000;
            unit = larger;
        }
        return String.format(Locale.ROOT, "%.1f %s", value, unit);
    }
}
