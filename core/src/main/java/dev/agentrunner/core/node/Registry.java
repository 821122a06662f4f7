package dev.agentrunner.core.node;

import dev.agentrunner.client.UnknownWorkflowException;
import dev.agentrunner.core.state.Birth;
import dev.agentrunner.core.state.Terms;
import dev.agentrunner.spi.model.Json;
import dev.agentrunner.spi.model.WorkflowRef;
import dev.agentrunner.workflow.About.Declared;
import dev.agentrunner.workflow.TerminalFailureException;
import dev.agentrunner.workflow.Workflow;
import dev.agentrunner.workflow.WorkflowSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The workflows that a node knows: those in code, for life, and those that texts declare, which come and go. Who has gone
 * takes no new runs, but runs that have kept its text go on. Thread-safe.
 */
public final class Registry {

    private final Map<WorkflowRef, Workflow<?, ?>> inCode = new LinkedHashMap<>();
    private final Map<String, Declared.Reader> readers = new LinkedHashMap<>();
    private Map<WorkflowRef, Workflow<?, ?>> declared = Map.of(); // guarded by this
    private final Set<WorkflowRef> kept = new LinkedHashSet<>(); // guarded by this
    private volatile Set<WorkflowRef> refs = Set.of();

    /** Of several versions of a name, the last one given is the newest. */
    public Registry(Collection<Workflow<?, ?>> workflows, Collection<WorkflowSource> sources) {
        for (Workflow<?, ?> each : workflows) {
            if (inCode.put(each.ref(), each) != null) {
                throw new IllegalArgumentException("Workflow " + each.ref() + " is registered twice");
            }
        }
        sources.forEach(source -> readers.putIfAbsent(source.format(), source.reader()));
        refs = Set.copyOf(inCode.keySet());
    }

    /** These are declared now, instead of those before; code goes first where both have the same name and version. */
    synchronized void declare(List<Workflow<?, ?>> workflows) {
        Map<WorkflowRef, Workflow<?, ?>> next = new LinkedHashMap<>();
        workflows.stream().filter(each -> !inCode.containsKey(each.ref())).forEach(each -> next.put(each.ref(), each));
        declared = next;
        kept.addAll(next.keySet());
        know();
    }

    /** Runs of it have kept their text. */
    synchronized void adopt(WorkflowRef ref) {
        kept.add(ref);
        know();
    }

    private synchronized void know() {
        Set<WorkflowRef> known = new LinkedHashSet<>(inCode.keySet());
        known.addAll(kept);
        refs = Set.copyOf(known);
    }

    /** Whether this node reads texts of this format. */
    boolean reads(String format) {
        return readers.containsKey(format);
    }

    /** Whose runs this node can execute. */
    public Set<WorkflowRef> refs() {
        return refs;
    }

    /** Whose new runs this node takes, by name and those written in code after those that texts declare; the last is the newest. */
    public synchronized Map<String, List<Workflow<?, ?>>> byName() {
        Map<String, List<Workflow<?, ?>>> all = new TreeMap<>();
        for (Map<WorkflowRef, Workflow<?, ?>> some : List.of(declared, inCode)) {
            some.values().forEach(each -> all.merge(each.ref().name(), List.of(each), Registry::joined));
        }
        return all;
    }

    private static List<Workflow<?, ?>> joined(List<Workflow<?, ?>> some, List<Workflow<?, ?>> more) {
        List<Workflow<?, ?>> all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }

    /** Whose new runs this node takes. */
    public Workflow<?, ?> get(WorkflowRef ref) {
        Workflow<?, ?> found = find(ref);
        if (found == null) {
            throw new UnknownWorkflowException(ref.toString());
        }
        return found;
    }

    private synchronized @Nullable Workflow<?, ?> find(WorkflowRef ref) {
        Workflow<?, ?> found = inCode.get(ref);
        return found == null ? declared.get(ref) : found;
    }

    /**
     * The workflow, if this node knows it, after it has looked at the input.
     *
     * @throws dev.agentrunner.workflow.InvalidInputException if it refuses the input
     * @throws UnknownWorkflowException if this node takes no new runs of it
     */
    @Nullable Workflow<?, ?> checked(WorkflowRef ref, Json input) {
        if (!knows(ref)) {
            return null;
        }
        Workflow<?, ?> workflow = get(ref);
        workflow.about().inputs().check().check(input);
        return workflow;
    }

    /**
     * What executes a run: of a declared workflow, what the text says that the run has kept. If that cannot be read, or the
     * workflow is not known, a workflow that fails and says so.
     */
    Workflow<?, ?> of(Birth birth) {
        WorkflowRef ref = birth.spec().workflow();
        Terms.Definition kept = birth.terms().definition();
        Workflow<?, ?> found = find(ref);
        if (found != null && Objects.equals(kept, definition(found))) {
            return found;
        }
        try {
            Declared.Reader reader = kept == null ? null : readers.get(kept.format());
            return reader == null || kept == null
                    ? failing(ref, new UnknownWorkflowException(ref.toString()))
                    : reader.read(kept.text());
        } catch (RuntimeException e) {
            return failing(ref, e);
        }
    }

    private static Workflow<?, ?> failing(WorkflowRef ref, RuntimeException cause) {
        TerminalFailureException failure = new TerminalFailureException(
                "definition_unreadable",
                "The definition of " + ref + " that the run has kept cannot be executed: " + cause.getMessage()
                        + ". Give this node what reads it, and fork the run",
                cause);
        return Workflow.named(ref.name(), ref.version())
                .input(Json.class)
                .output(Json.class)
                .body((run, input) -> {
                    throw failure;
                });
    }

    /** The text that declares a workflow; null if it is written in code. */
    static Terms.@Nullable Definition definition(Workflow<?, ?> workflow) {
        Declared by = workflow.about().declared();
        return by == null ? null : new Terms.Definition(by.format(), by.text());
    }

    boolean knows(WorkflowRef ref) {
        return refs.contains(ref);
    }

    public WorkflowRef newest(String name) {
        List<Workflow<?, ?>> versions = byName().get(name);
        if (versions == null) {
            throw new UnknownWorkflowException(name);
        }
        return versions.get(versions.size() - 1).ref();
    }
}
