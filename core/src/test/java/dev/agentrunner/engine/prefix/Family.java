package dev.agentrunner.engine.prefix;

import dev.agentrunner.core.state.RunHistory;
import dev.agentrunner.core.state.StepState;
import dev.agentrunner.spi.log.RunLog;
import dev.agentrunner.spi.model.Event;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.StepId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A run and all those below it, as their logs tell; parents before their children. */
record Family(List<Member> members) {

    /**
     * One of the runs.
     *
     * @param path the steps that lead to it; the same in each execution of a program
     * @param parent and the step that called it; null for the first one
     * @param history the events, folded
     */
    record Member(
            String path,
            RunId run,
            @Nullable Member parent,
            @Nullable StepId call,
            List<Event> events,
            RunHistory history) {

        static Member of(String path, RunId run, @Nullable Member parent, @Nullable StepId call, List<Event> events) {
            return new Member(path, run, parent, call, events, RunHistory.of(events));
        }
    }

    static Family read(RunLog log, RunId root) {
        List<Member> found = new ArrayList<>();
        gather(log, Member.of("", root, null, null, log.read(root, 0, Integer.MAX_VALUE)), found);
        return new Family(found);
    }

    private static void gather(RunLog log, Member member, List<Member> found) {
        if (member.events.isEmpty()) {
            return;
        }
        found.add(member);
        for (StepState step : member.history.steps()) {
            RunId child = step.plan().child();
            if (child != null) {
                StepId call = step.row().id();
                List<Event> events = log.read(child, 0, Integer.MAX_VALUE);
                gather(log, Member.of(member.path + "/" + call, child, member, call, events), found);
            }
        }
    }

    Member root() {
        return members.get(0);
    }

    /** All events in the order in which they were stored. */
    Stream<Event> inOrder() {
        return members.stream().flatMap(member -> member.events.stream()).sorted(Comparator.comparingLong(Event::id));
    }

    /** One line for each event. */
    String text(Function<Event, String> mark) {
        return inOrder()
                .map(event -> String.join(
                        " ",
                        mark.apply(event),
                        event.run().toString(),
                        String.valueOf(event.seq()),
                        event.type().name(),
                        event.step() == null ? "" : event.step().value(),
                        event.payload().text()))
                .collect(Collectors.joining("\n"));
    }

    @Override
    public String toString() {
        return text(event -> " ");
    }
}
