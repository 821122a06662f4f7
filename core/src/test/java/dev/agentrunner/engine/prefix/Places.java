package dev.agentrunner.engine.prefix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.core.state.RunHistory;
import dev.agentrunner.core.state.StepState;
import dev.agentrunner.engine.prefix.Family.Member;
import dev.agentrunner.spi.model.RunStatus;
import dev.agentrunner.spi.model.Waiting;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** In which states runs were found when they were continued. */
final class Places {

    private static final Set<String> STEPS = Set.of(
            "step", "retried", Player.ONCE, "asking", "now", "sleep", Player.SIGNAL, Player.NO_SIGNAL, "artifact");
    private static final Set<String> AROUND = Set.of("parallel", "map", "broken", "call");

    private final Set<String> visited = new TreeSet<>();

    void add(Places others) {
        visited.addAll(others.visited);
    }

    void visit(Family prefix) {
        prefix.members().forEach(this::visit);
    }

    private void visit(Member member) {
        RunHistory history = member.history();
        Waiting waiting = history.run().row().waiting();
        visited.add(waiting == null ? history.run().status().name() : "waiting " + waiting);
        if (history.run().tenure().recoveries() > 0) {
            visited.add("recovered");
        }
        for (StepState step : history.running()) {
            visited.add("in " + step.row().name());
            if (step.retryAt() != null) {
                visited.add("before a retry");
            }
        }
    }

    /** Insists that the random programs came everywhere. */
    void assertComplete() {
        List<String> all = Stream.of(
                        Stream.of("recovered", "before a retry"),
                        Stream.of(RunStatus.values()).filter(status -> status != RunStatus.CANCELED),
                        Stream.of(Waiting.values())
                                .filter(waiting -> waiting != Waiting.PAUSED)
                                .map(waiting -> "waiting " + waiting),
                        STEPS.stream().map(name -> "in " + name),
                        AROUND.stream().map(name -> "in " + name))
                .flatMap(each -> each.map(Object::toString))
                .toList();
        assertThat(visited).containsAll(all);
    }
}
