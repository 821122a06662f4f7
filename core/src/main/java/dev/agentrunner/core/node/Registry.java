package dev.agentrunner.core.node;

import dev.agentrunner.client.UnknownWorkflowException;
import dev.agentrunner.spi.model.WorkflowRef;
import dev.agentrunner.workflow.Workflow;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The workflows that a node knows. Immutable. */
public final class Registry {

    private final Map<WorkflowRef, Workflow<?, ?>> byRef = new LinkedHashMap<>();
    private final Map<String, WorkflowRef> newest = new LinkedHashMap<>();

    /** Of several versions of a name, the last one given is the newest. */
    public Registry(Collection<Workflow<?, ?>> workflows) {
        for (Workflow<?, ?> each : workflows) {
            if (byRef.put(each.ref(), each) != null) {
                throw new IllegalArgumentException("Workflow " + each.ref() + " is registered twice");
            }
            newest.put(each.ref().name(), each.ref());
        }
    }

    public Set<WorkflowRef> refs() {
        return Set.copyOf(byRef.keySet());
    }

    public Workflow<?, ?> get(WorkflowRef ref) {
        Workflow<?, ?> found = byRef.get(ref);
        if (found == null) {
            throw new UnknownWorkflowException(ref.toString());
        }
        return found;
    }

    boolean knows(WorkflowRef ref) {
        return byRef.containsKey(ref);
    }

    public WorkflowRef newest(String name) {
        WorkflowRef ref = newest.get(name);
        if (ref == null) {
            throw new UnknownWorkflowException(name);
        }
        return ref;
    }
}
