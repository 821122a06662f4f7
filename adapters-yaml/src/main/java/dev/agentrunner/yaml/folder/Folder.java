package dev.agentrunner.yaml.folder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the workflow files directly in a folder; those that have not changed are read once. Used by one thread at a time. */
public final class Folder {

    private static final Pattern NAME = Pattern.compile("[^.].*\\.(?:yaml|yml|json)");
    private static final int MOST_BYTES = 1 << 20;

    /** A file that was changed so lately may be changed again without looking changed. */
    private static final long FRESH_MILLIS = 2_000;

    private final Path path;
    private final InstantSource clock;
    private Map<String, Seen> seen = Map.of();

    public Folder(Path path, InstantSource clock) {
        this.path = path;
        this.clock = clock;
    }

    /**
     * A file.
     *
     * @param text null if it cannot be read
     * @param problem why it cannot; null if it can
     */
    public record Found(@Nullable String text, @Nullable String problem) {}

    private record Seen(Object stamp, boolean fresh, Found found) {}

    /** All files by name, sorted. */
    public Map<String, Found> look() {
        Map<String, Seen> now = new HashMap<>();
        Map<String, Found> files = new TreeMap<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(path)) {
            for (Path file : all) {
                String name = file.getFileName().toString();
                Seen found = NAME.matcher(name).matches() ? look(file, seen.get(name)) : null;
                if (found != null) {
                    now.put(name, found);
                    files.put(name, found.found());
                }
            }
        } catch (NoSuchFileException e) {
            seen = Map.of();
            return Map.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        seen = now;
        return files;
    }

    private @Nullable Seen look(Path file, @Nullable Seen before) {
        try {
            BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            Object stamp = is.size() + " " + is.lastModifiedTime() + " " + is.fileKey() + " " + is.isRegularFile();
            if (before != null && !before.fresh() && before.stamp().equals(stamp)) {
                return before;
            }
            boolean fresh = clock.millis() - is.lastModifiedTime().toMillis() < FRESH_MILLIS;
            return new Seen(stamp, fresh, read(file, is));
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            String why = e.getClass().getSimpleName() + " " + e.getMessage();
            return new Seen("", true, new Found(null, "cannot be read: " + why + "; look at its permissions"));
        }
    }

    private static Found read(Path file, BasicFileAttributes is) throws IOException {
        if (!is.isRegularFile()) {
            return new Found(null, "is a link or a special file; only regular files are read");
        }
        ByteBuffer bytes = ByteBuffer.allocate(MOST_BYTES + 1);
        try (SeekableByteChannel in =
                Files.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            int read = 0;
            while (bytes.hasRemaining() && read >= 0) {
                read = in.read(bytes);
            }
        }
        if (!bytes.hasRemaining()) {
            return new Found(null, "has more than the 1 MiB that a workflow file may have; split the workflow");
        }
        try {
            return new Found(
                    StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString(), null);
        } catch (CharacterCodingException e) {
            return new Found(null, "is no UTF-8; save it as UTF-8");
        }
    }
}
