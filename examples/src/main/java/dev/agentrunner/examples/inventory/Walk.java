package dev.agentrunner.examples.inventory;

import dev.agentrunner.workflow.TerminalFailureException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Reads the file system; everything here belongs inside a step. Links are not followed. */
final class Walk {

    private static final Set<String> SKIPPED = Set.of(".git", "target", "data", "node_modules");

    private Walk() {}

    /** The names directly in a directory, sorted, without those that are nobody's work. */
    static List<String> top(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new TerminalFailureException("There is no directory " + directory + "; give one that exists");
        }
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(path -> path.getFileName().toString())
                    .filter(name -> !SKIPPED.contains(name))
                    .sorted()
                    .toList();
        }
    }

    /** All regular files at or below {@code directory/name}, by path. */
    static Part scan(Path directory, String name) throws IOException {
        List<FileEntry> files = new ArrayList<>();
        try (Stream<Path> below = Files.walk(directory.resolve(name))) {
            for (Path path : (Iterable<Path>) below.sorted()::iterator) {
                if (Files.isRegularFile(path, java.nio.file.LinkOption.NOFOLLOW_LINKS) && !isSkipped(directory, path)) {
                    String relative = directory.relativize(path).toString().replace('\\', '/');
                    files.add(new FileEntry(relative, Files.size(path), sha256(path)));
                }
            }
        }
        return new Part(name, files);
    }

    private static boolean isSkipped(Path directory, Path path) {
        for (Path part : directory.relativize(path)) {
            if (SKIPPED.contains(part.toString())) {
                return true;
            }
        }
        return false;
    }

    private static String sha256(Path path) throws IOException {
        MessageDigest digest = digest();
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(path)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** One sum over the sums of all files, in order. */
    static String sha256(List<FileEntry> files) {
        MessageDigest digest = digest();
        files.forEach(
                file -> digest.update((file.sha256() + "  " + file.path() + "\n").getBytes(StandardCharsets.UTF_8)));
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256", e);
        }
    }
}
