package dev.agentrunner.workspace.files;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Goes through all files below a directory, in the order of their paths. Not thread-safe. */
public final class Walk {

    private final Visitor visitor;

    private Walk(Visitor visitor) {
        this.visitor = visitor;
    }

    /** Is told what there is. */
    public interface Visitor {

        /** Whether to look into a directory. */
        boolean enters(String path);

        /** A plain file of a directory that is open meanwhile. */
        void file(Folder folder, Path name, String path, Entry entry) throws IOException;

        /** Anything else, and why it is; the reason is to be read after the path. */
        void odd(String path, String reason);
    }

    private record Item(Path name, String key, Entry entry) {}

    /**
     * Goes through all of a directory that is open.
     *
     * @param prefix what paths begin with: empty, or a path with {@code /} at its end
     */
    public static void below(Folder folder, String prefix, Visitor visitor) throws IOException {
        new Walk(visitor).walk(folder, prefix);
    }

    private void walk(Folder folder, String prefix) throws IOException {
        for (Item item : items(folder, prefix)) {
            String path = prefix + item.name();
            String problem = problem(item.name(), path);
            if (item.entry().kind() == Entry.Kind.DIRECTORY) {
                enter(folder, item.name(), path, problem);
            } else if (problem != null || !item.entry().isPlain()) {
                visitor.odd(path, problem != null ? problem : item.entry().oddity());
            } else {
                visitor.file(folder, item.name(), path, item.entry());
            }
        }
    }

    private void enter(Folder folder, Path name, String path, @Nullable String problem) throws IOException {
        if (!visitor.enters(path)) {
            return;
        }
        if (problem != null) {
            visitor.odd(path, problem);
            return;
        }
        try (Folder child = folder.child(name)) {
            walk(child, path + "/");
        } catch (NoSuchFileException | NotDirectoryException e) {
            visitor.odd(path, "was replaced while it was looked at");
        } catch (OddException e) {
            visitor.odd(path, e.oddity());
        }
    }

    private List<Item> items(Folder folder, String prefix) throws IOException {
        List<Item> items = new ArrayList<>();
        for (Path name : folder.names()) {
            try {
                Entry entry = folder.look(name);
                // what sorts whole paths: those in a directory go on with a slash
                items.add(new Item(name, entry.kind() == Entry.Kind.DIRECTORY ? name + "/" : name.toString(), entry));
            } catch (NoSuchFileException e) {
                // it is gone, as if it had never been there
            } catch (OddException e) {
                visitor.odd(prefix + name, e.oddity());
            }
        }
        items.sort(Comparator.comparing(Item::key));
        return items;
    }

    /** Why an entry cannot be named by a path, to be read after it; null if it can. */
    public static @Nullable String problem(Path name, String path) {
        String problem = RelativePath.problem(path);
        if (problem == null && !Path.of(name.toString()).equals(name)) {
            return "has a name that is not in UTF-8, or not in what this JVM takes for the encoding of names";
        }
        return problem;
    }
}
