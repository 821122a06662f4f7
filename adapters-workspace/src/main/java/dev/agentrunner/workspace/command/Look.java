package dev.agentrunner.workspace.command;

import dev.agentrunner.workspace.command.ProcessTable.Carries;
import dev.agentrunner.workspace.command.ProcessTable.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One look at all processes that kills those that carry a marker, and what descends from them. It goes on until there is
 * none that it has not seen, so that a process that ends while it is looked at, and goes on in a new one, is followed.
 * Not thread-safe.
 */
final class Look {

    private final String marker;
    private final @Nullable ProcessHandle root;
    private final Set<Long> seen;
    private final Map<Long, Row> others = new HashMap<>();
    private final List<Row> doubtful = new ArrayList<>();
    /** With the dead ones among them, whose children may live. */
    private final Set<Long> parents = new HashSet<>();

    private final Set<Long> killed = new HashSet<>();

    /** @param spared numbers of processes that are not looked at */
    Look(String marker, @Nullable ProcessHandle root, Set<Long> spared) {
        this.marker = marker;
        this.root = root;
        this.seen = new HashSet<>(spared);
    }

    /** The numbers of those that were killed. */
    Set<Long> kill() {
        boolean more = true;
        while (more) {
            Set<Long> fresh = ProcessTable.pids();
            fresh.removeAll(seen);
            seen.addAll(fresh);
            // All parents are known before one of them is killed.
            fresh.stream()
                    .map(ProcessTable::row)
                    .filter(Objects::nonNull)
                    .toList()
                    .forEach(this::look);
            more = !fresh.isEmpty();
        }
        for (Row row : doubtful) {
            if (ProcessTable.carries(row.pid(), marker) == Carries.YES) {
                kill(row);
            }
        }
        killDescendants();
        return killed;
    }

    private void look(Row row) {
        long pid = row.pid();
        Carries carries = row.dead() ? Carries.NO : ProcessTable.carries(pid, marker);
        if (carries == Carries.YES || (root != null && root.pid() == pid && root.isAlive())) {
            kill(row);
            return;
        }
        others.put(pid, row);
        if (carries == Carries.NOTHING) {
            doubtful.add(row);
        }
    }

    private void killDescendants() {
        boolean more = true;
        while (more) {
            List<Row> children = others.values().stream()
                    .filter(row -> parents.contains(row.parent()))
                    .toList();
            children.forEach(row -> others.remove(row.pid()));
            children.forEach(this::kill);
            more = !children.isEmpty();
        }
    }

    /** The handle knows the process that had the number when it was made, and the row tells whether that was the one. */
    private void kill(Row row) {
        parents.add(row.pid());
        if (row.dead()) {
            return;
        }
        killed.add(row.pid());
        ProcessHandle.of(row.pid()).ifPresent(process -> {
            Row now = ProcessTable.row(row.pid());
            if (now != null && now.started() == row.started()) {
                process.destroyForcibly();
            }
        });
    }
}
