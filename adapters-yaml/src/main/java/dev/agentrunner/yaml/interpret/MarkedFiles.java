package dev.agentrunner.yaml.interpret;

import dev.agentrunner.workflow.TerminalFailureException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Files in a text, as models write them: each between a line {@code === FILE: path ===} and a line {@code === END FILE
 * ===}. What is around them is left alone, and so are fences of Markdown directly inside the markers.
 */
final class MarkedFiles {

    private static final Pattern BEGIN = Pattern.compile("^=== FILE: (.+?) ===$");
    private static final String END = "=== END FILE ===";
    private static final String FENCE = "```";

    private MarkedFiles() {}

    /**
     * The texts by path, in their order; each ends with a line feed unless it is empty.
     *
     * @throws TerminalFailureException if a file has no end, or one is there twice: what is cut off must not pass for whole
     */
    static Map<String, String> in(String text) {
        Map<String, String> files = new LinkedHashMap<>();
        String path = null;
        StringBuilder content = new StringBuilder();
        for (String line : (Iterable<String>) text.lines()::iterator) {
            String bare = line.strip();
            Matcher begin = BEGIN.matcher(bare);
            if (begin.matches()) {
                if (path != null) {
                    throw cut(path);
                }
                path = begin.group(1).strip();
                content.setLength(0);
            } else if (path != null && bare.equals(END)) {
                if (files.put(path, withoutFence(content.toString())) != null) {
                    throw new TerminalFailureException("no_files", "The text has the file '" + path + "' twice");
                }
                path = null;
            } else if (path != null) {
                content.append(line).append('\n');
            }
        }
        if (path != null) {
            throw cut(path);
        }
        return files;
    }

    private static TerminalFailureException cut(String path) {
        return new TerminalFailureException(
                "no_files", "The file '" + path + "' has no '" + END + "': the text seems to be cut off");
    }

    private static String withoutFence(String content) {
        int firstEnd = content.indexOf('\n');
        String trimmed = content.stripTrailing();
        boolean fenced = content.startsWith(FENCE) && trimmed.endsWith("\n" + FENCE) && firstEnd < trimmed.length() - 3;
        return fenced ? content.substring(firstEnd + 1, trimmed.length() - FENCE.length()) : content;
    }
}
