package dev.agentrunner.engine.prefix;

import dev.agentrunner.core.state.Fact;
import dev.agentrunner.core.state.FactCodec;
import dev.agentrunner.core.state.Note;
import dev.agentrunner.core.state.StepFact;
import dev.agentrunner.engine.prefix.Family.Member;
import dev.agentrunner.spi.model.Event;
import dev.agentrunner.spi.model.StepStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A moment at which the node died that executed a run.
 *
 * @param lastId the last event that became durable
 * @param othersWentOn whether runs below it were executed by other nodes, and have ended meanwhile
 * @param claimed whether it had just claimed the run again, if it could
 */
record Cut(long lastId, boolean othersWentOn, boolean claimed) {

    /**
     * Everywhere in what was recorded since an event.
     *
     * @param sinceId 0: everywhere
     */
    static List<Cut> all(Family family, long sinceId, RandomGenerator random) {
        return family.inOrder()
                .filter(event -> event.id() > sinceId && isBoundary(event))
                .map(event -> new Cut(event.id(), random.nextBoolean(), random.nextBoolean()))
                .toList();
    }

    /**
     * Whether the log may end here: what a single command decided is written as a whole. That is what was told outside
     * of steps, with the step that began or the run that ended next; artifacts, with the end of the attempt that made
     * them; steps that ended with their run.
     */
    private static boolean isBoundary(Event event) {
        Fact fact = FactCodec.decode(event);
        return !(fact instanceof Note && fact.step() == null)
                && !(fact instanceof Note.ArtifactCreated)
                && !(fact instanceof StepFact.Canceled);
    }

    Family of(Family whole) {
        Map<String, Member> kept = new HashMap<>();
        List<Member> inOrder = new ArrayList<>();
        for (Member member : whole.members()) {
            Member parent =
                    member.parent() == null ? null : kept.get(member.parent().path());
            if (member.parent() == null || isCalled(parent, member)) {
                boolean entire = othersWentOn && parent != null;
                List<Event> events = entire ? member.events() : untilHere(member.events());
                if (!events.isEmpty()) {
                    Member shortened = Member.of(member.path(), member.run(), parent, member.call(), events);
                    kept.put(member.path(), shortened);
                    inOrder.add(shortened);
                }
            }
        }
        return new Family(inOrder);
    }

    private static boolean isCalled(@Nullable Member parent, Member child) {
        return parent != null && parent.history().step(child.call()).status() != StepStatus.PENDING;
    }

    private List<Event> untilHere(List<Event> events) {
        int end = events.size();
        while (end > 0 && (events.get(end - 1).id() > lastId || !isBoundary(events.get(end - 1)))) {
            end--;
        }
        return events.subList(0, end);
    }
}
