package dev.agentrunner.workspace.files;

import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A path that cannot lead out of a directory without a link.
 *
 * @param text with {@code /}
 * @param folders the names on the way
 * @param name the last one
 */
public record RelativePath(String text, List<Path> folders, Path name) {

    /** How many names a path has at most. */
    static final int DEPTH = 100;

    private static final int BYTES = 1_024;
    private static final int NAME_BYTES = 255;

    public RelativePath {
        folders = List.copyOf(folders);
    }

    /** Refuses what is no such path as {@code forbidden_path}. */
    public static RelativePath of(String text) {
        String problem = problem(text);
        if (problem != null) {
            throw Refusals.forbidden(text, problem);
        }
        List<Path> names = Stream.of(text.split("/", -1)).map(Path::of).toList();
        return new RelativePath(text, names.subList(0, names.size() - 1), names.get(names.size() - 1));
    }

    /** The paths of the directories on the way, the top one first. */
    public List<String> parents() {
        return Stream.iterate(text.indexOf('/'), at -> at >= 0, at -> text.indexOf('/', at + 1))
                .map(at -> text.substring(0, at))
                .toList();
    }

    /** Why a path is refused, to be read after it; null if it is not. */
    public static @Nullable String problem(String text) {
        if (text.isEmpty()) {
            return "is empty";
        }
        if (text.startsWith("/")) {
            return "is absolute";
        }
        if (text.indexOf('\\') >= 0 || text.indexOf('\0') >= 0) {
            return "contains a backslash or NUL";
        }
        if (bytes(text) > BYTES) {
            return "is longer than " + BYTES + " bytes";
        }
        String[] names = text.split("/", -1);
        return names.length > DEPTH ? "has more than " + DEPTH + " names" : problem(names);
    }

    private static @Nullable String problem(String[] names) {
        for (String name : names) {
            if (name.isEmpty()) {
                return "has an empty name in it";
            }
            if (name.equals(".") || name.equals("..")) {
                return "has '.' or '..' in it";
            }
            if (bytes(name) > NAME_BYTES) {
                return "has a name of more than " + NAME_BYTES + " bytes";
            }
            if (!isExpressible(name)) {
                return "has characters that this JVM cannot use in file names (is its locale one of UTF-8?)";
            }
        }
        return null;
    }

    private static boolean isExpressible(String name) {
        try {
            return Path.of(name).toString().equals(name);
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
