package dev.agentrunner.engine.prefix;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A random workflow. */
record Program(List<Op> ops, boolean failing) {

    /** This one and all that it calls, this one first. */
    List<Program> all() {
        Set<Program> found = new LinkedHashSet<>();
        gather(this, found);
        return new ArrayList<>(found);
    }

    private static void gather(Program program, Set<Program> found) {
        found.add(program);
        gather(program.ops, found);
    }

    private static void gather(List<Op> ops, Set<Program> found) {
        for (Op op : ops) {
            if (op instanceof Op.Call call) {
                gather(call.child(), found);
            } else if (op instanceof Op.Parallel parallel) {
                parallel.branches().forEach(branch -> gather(branch, found));
            } else if (op instanceof Op.MapOver map) {
                gather(map.each(), found);
            }
        }
    }

    /** How many signals are sent together with the run. */
    long early() {
        return ops.stream().filter(new Op.Await(true)::equals).count();
    }
}
