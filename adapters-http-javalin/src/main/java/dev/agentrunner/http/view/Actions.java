package dev.agentrunner.http.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.agentrunner.spi.access.Role;
import dev.agentrunner.spi.model.RunRow;

/** What somebody may do to a run as it stands: the names of the calls. */
final class Actions {

    private Actions() {}

    static ArrayNode of(RunRow run, Role role) {
        ArrayNode actions = JsonNodeFactory.instance.arrayNode();
        if (!role.includes(Role.OPERATOR)) {
            return actions;
        }
        if (run.status().isTerminal()) {
            actions.add("fork");
            if (role.includes(Role.ADMIN)) {
                actions.add("delete");
            }
            return actions;
        }
        return actions.add("cancel")
                .add(run.pauseRequested() ? "resume" : "pause")
                .add("signal")
                .add("directive");
    }
}
