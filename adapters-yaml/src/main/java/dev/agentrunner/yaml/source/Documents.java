package dev.agentrunner.yaml.source;

import dev.agentrunner.yaml.problem.Problem;
import dev.agentrunner.yaml.problem.WorkflowFileException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the text of a workflow file: JSON if its name ends with {@code .json}, else YAML 1.2. */
public final class Documents {

    /** The largest file. */
    public static final int MOST_BYTES = 1 << 20;

    private Documents() {}

    /**
     * What a file holds.
     *
     * @param problems those found so far, such as duplicate keys; more can be added
     */
    public record Document(Value root, Problems problems) {}

    /**
     * Reads a text to its end.
     *
     * @throws WorkflowFileException if that cannot be done
     */
    public static Document read(String file, String text) {
        if (isTooLarge(text)) {
            Problem problem = new Place(1, 1)
                    .problem(file, "the file is larger than 1 MiB; keep long texts in the workspace or the input");
            throw new WorkflowFileException(file, List.of(problem));
        }
        SourceText source = new SourceText(file, text);
        Problems problems = new Problems(source);
        checkCharacters(source.text(), problems);
        Value root = parse(file, source, problems);
        if (root == null) {
            throw problems.fatal(0, "the file is empty; a workflow has at least a name, a version and steps");
        }
        return new Document(root, problems);
    }

    private static @Nullable Value parse(String file, SourceText source, Problems problems) {
        return file.endsWith(".json") ? new JsonText(source, problems).read() : new YamlText(source, problems).read();
    }

    private static boolean isTooLarge(String text) {
        return text.length() > MOST_BYTES
                || (text.length() > MOST_BYTES / 3 && text.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES);
    }

    private static void checkCharacters(String text, Problems problems) {
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            if (!isPrintable(text.codePointAt(i))) {
                throw problems.fatal(
                        i,
                        String.format(
                                "the character U+%04X, which no text file holds; take it out, or write it as an escape"
                                        + " in double quotes",
                                text.codePointAt(i)));
            }
        }
    }

    /** As chapter 5.1 of YAML 1.2.2 has it, without byte order marks in the middle. */
    private static boolean isPrintable(int c) {
        return c == '\t'
                || c == '\n'
                || c == '\r'
                || (c >= 0x20 && c <= 0x7E)
                || c == 0x85
                || (c >= 0xA0 && c <= 0xD7FF)
                || (c >= 0xE000 && c <= 0xFFFD && c != 0xFEFF)
                || c >= 0x10000;
    }
}
