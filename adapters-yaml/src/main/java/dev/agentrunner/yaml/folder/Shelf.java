package dev.agentrunner.yaml.folder;

import dev.agentrunner.yaml.definition.Definition;
import dev.agentrunner.yaml.definition.DefinitionReader;
import dev.agentrunner.yaml.definition.Links;
import dev.agentrunner.yaml.folder.Folder.Found;
import dev.agentrunner.yaml.problem.Problem;
import dev.agentrunner.yaml.problem.WorkflowFileException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which definitions are in use. A file that cannot be used keeps what it was when it last could; files that go, go. Used by
 * one thread at a time.
 */
public final class Shelf {

    private final DefinitionReader reader;
    private final Set<String> knownElsewhere;
    private @Nullable Map<String, Found> files;
    private final Map<String, Definition> inUse = new TreeMap<>();
    private Map<String, List<Problem>> problems = new TreeMap<>();
    private List<Problem> news = List.of();

    /** @param knownElsewhere names of workflows that are in no file */
    public Shelf(DefinitionReader reader, Set<String> knownElsewhere) {
        this.reader = reader;
        this.knownElsewhere = Set.copyOf(knownElsewhere);
    }

    /** Takes the files as they are now; says whether that changes anything. */
    public boolean take(Map<String, Found> now) {
        if (now.equals(files)) {
            return false;
        }
        Map<String, List<Problem>> found = new TreeMap<>();
        Map<String, Definition> wanted = read(now, found);
        settle(wanted, found);
        List<Problem> before = problems();
        problems = found;
        news = problems().stream().filter(each -> !before.contains(each)).toList();
        inUse.clear();
        inUse.putAll(wanted);
        files = now;
        return true;
    }

    private Map<String, Definition> read(Map<String, Found> now, Map<String, List<Problem>> found) {
        Map<String, Definition> wanted = new TreeMap<>();
        now.forEach((name, file) -> {
            Definition before = inUse.get(name);
            String text = file.text();
            if (text == null) {
                found.put(name, List.of(new Problem(name, 1, 1, "the file " + file.problem())));
                keep(wanted, name, before);
            } else if (before != null && before.text().equals(text)) {
                wanted.put(name, before);
            } else {
                try {
                    wanted.put(name, reader.read(name, text));
                } catch (WorkflowFileException e) {
                    found.put(name, e.problems());
                    keep(wanted, name, before);
                }
            }
        });
        return wanted;
    }

    /** Until the definitions fit together: who does not goes back to what it was, or goes. */
    private void settle(Map<String, Definition> wanted, Map<String, List<Problem>> found) {
        while (true) {
            Map<String, List<Problem>> misfits = new HashMap<>(Links.check(wanted, knownElsewhere));
            if (misfits.isEmpty()) {
                misfits.putAll(twice(wanted, inUse));
            }
            if (misfits.isEmpty()) {
                return;
            }
            // A file that did not change fits again, perhaps, once those are back that did.
            Set<String> changed = new TreeSet<>(misfits.keySet());
            changed.removeIf(name -> Objects.equals(wanted.get(name), inUse.get(name)));
            for (String name : changed.isEmpty() ? misfits.keySet() : changed) {
                found.merge(name, misfits.getOrDefault(name, List.of()), Shelf::joined);
                wanted.remove(name);
                keep(wanted, name, changed.isEmpty() ? null : inUse.get(name));
            }
        }
    }

    /** Files whose workflow another file has already: the one that had it before, else the one earlier by name. */
    private static Map<String, List<Problem>> twice(Map<String, Definition> wanted, Map<String, Definition> before) {
        Map<String, String> owners = new HashMap<>();
        before.forEach((name, definition) -> {
            Definition now = wanted.get(name);
            if (now != null && workflow(now).equals(workflow(definition))) {
                owners.put(workflow(now), name);
            }
        });
        Map<String, List<Problem>> problems = new HashMap<>();
        wanted.forEach((name, definition) -> {
            String owner = owners.putIfAbsent(workflow(definition), name);
            if (owner != null && !owner.equals(name)) {
                problems.put(
                        name,
                        List.of(new Problem(
                                name,
                                1,
                                1,
                                "the workflow " + definition.heading().name() + " of version "
                                        + definition.heading().version() + " is in " + owner
                                        + " already; give it another name or version")));
            }
        });
        return problems;
    }

    private static String workflow(Definition definition) {
        return definition.heading().name() + " " + definition.heading().version();
    }

    private static List<Problem> joined(List<Problem> some, List<Problem> more) {
        Set<Problem> seen = new HashSet<>(some);
        List<Problem> all = new ArrayList<>(some);
        more.stream().filter(seen::add).forEach(all::add);
        return all;
    }

    private static void keep(Map<String, Definition> wanted, String name, @Nullable Definition before) {
        if (before != null) {
            wanted.put(name, before);
        }
    }

    /** Those in use, by name; of one name, the newest version is last. */
    public List<Definition> definitions() {
        return inUse.values().stream()
                .sorted(Comparator.comparing((Definition each) -> each.heading().name())
                        .thenComparing(each -> each.heading().version(), Versions.ORDER))
                .toList();
    }

    /** All that is wrong now, by file. */
    public List<Problem> problems() {
        return problems.values().stream().flatMap(List::stream).toList();
    }

    /** What is wrong since the last change, and was not before. */
    public List<Problem> news() {
        return news;
    }
}
