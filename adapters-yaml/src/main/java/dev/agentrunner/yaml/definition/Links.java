package dev.agentrunner.yaml.definition;

import dev.agentrunner.yaml.definition.Action.ForEach;
import dev.agentrunner.yaml.definition.Action.Parallel;
import dev.agentrunner.yaml.definition.Action.RunWorkflow;
import dev.agentrunner.yaml.problem.Problem;
import dev.agentrunner.yaml.source.Excerpt;
import dev.agentrunner.yaml.source.Spelling;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What only several files together show: runs of workflows that nobody has, and workflows that would run themselves without
 * end. Immutable.
 */
public final class Links {

    private final Map<String, Definition> byFile;
    private final Map<String, Set<String>> filesByName = new HashMap<>();

    private Links(Map<String, Definition> byFile) {
        this.byFile = new TreeMap<>(byFile);
        this.byFile.forEach((file, definition) -> filesByName
                .computeIfAbsent(definition.heading().name(), name -> new TreeSet<>())
                .add(file));
    }

    /**
     * A cycle is one where it can be seen: through names of which there is one version.
     *
     * @param knownElsewhere names of workflows that are in no file
     * @return problems by file; files without any are left out
     */
    public static Map<String, List<Problem>> check(Map<String, Definition> byFile, Set<String> knownElsewhere) {
        return new Links(byFile).problems(knownElsewhere);
    }

    /** All that a workflow may run, in the order of the file. */
    public static List<RunWorkflow> runs(Definition definition) {
        List<RunWorkflow> found = new ArrayList<>();
        collect(definition.steps(), found);
        return found;
    }

    private static void collect(List<StepDefinition> steps, List<RunWorkflow> found) {
        for (StepDefinition step : steps) {
            if (step.action() instanceof RunWorkflow run) {
                found.add(run);
            } else if (step.action() instanceof ForEach each) {
                collect(each.steps(), found);
            } else if (step.action() instanceof Parallel parallel) {
                parallel.branches().values().forEach(branch -> collect(branch, found));
            }
        }
    }

    private Map<String, List<Problem>> problems(Set<String> knownElsewhere) {
        Set<String> names = new TreeSet<>(filesByName.keySet());
        names.addAll(knownElsewhere);
        Map<String, List<Problem>> problems = new TreeMap<>();
        byFile.forEach((file, definition) -> {
            for (RunWorkflow run : runs(definition)) {
                String complaint = complaint(file, run, names);
                if (complaint != null) {
                    problems.computeIfAbsent(file, key -> new ArrayList<>())
                            .add(run.at().problem(file, complaint));
                }
            }
        });
        return problems;
    }

    private @Nullable String complaint(String file, RunWorkflow run, Set<String> names) {
        if (!names.contains(run.workflow())) {
            return "no workflow is called " + Excerpt.quoted(run.workflow()) + Spelling.hint(run.workflow(), names);
        }
        String target = target(run);
        List<String> way = target == null ? List.of() : way(target, file);
        if (way.isEmpty()) {
            return null;
        }
        List<String> circle = new ArrayList<>();
        circle.add(name(file));
        way.forEach(each -> circle.add(name(each)));
        return "this workflow would run itself: " + String.join(" → ", circle) + "; take one of these runs out";
    }

    private String name(String file) {
        Definition definition = byFile.get(file);
        return definition == null ? file : definition.heading().name();
    }

    /** The file that a run begins; null if that cannot be told, or it is none of the files. */
    private @Nullable String target(RunWorkflow run) {
        Set<String> files = filesByName.getOrDefault(run.workflow(), Set.of());
        return files.size() == 1 ? files.iterator().next() : null;
    }

    /** The shortest way by runs from one file to another, both included; empty if there is none. */
    private List<String> way(String from, String to) {
        Set<String> seen = new HashSet<>(Set.of(from));
        Deque<List<String>> ways = new ArrayDeque<>(List.of(List.of(from)));
        while (!ways.isEmpty()) {
            List<String> way = ways.remove();
            String last = way.get(way.size() - 1);
            if (last.equals(to)) {
                return way;
            }
            for (String next : targets(last)) {
                if (seen.add(next)) {
                    List<String> longer = new ArrayList<>(way);
                    longer.add(next);
                    ways.add(longer);
                }
            }
        }
        return List.of();
    }

    private Set<String> targets(String file) {
        Set<String> targets = new LinkedHashSet<>();
        Definition definition = byFile.get(file);
        if (definition != null) {
            for (RunWorkflow run : runs(definition)) {
                String target = target(run);
                if (target != null) {
                    targets.add(target);
                }
            }
        }
        return targets;
    }
}
