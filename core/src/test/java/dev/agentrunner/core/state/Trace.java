package dev.agentrunner.core.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentrunner.spi.model.Event;
import java.util.ArrayList;
import java.util.List;

/**
 * Plays moves on a history, beside a second one that only ever sees what went through the codec. Whatever
 * fails, fails with one line per move: its decision and the statuses after it.
 */
final class Trace {

    /** One move with what was before and after it; {@code history} is as it was left. */
    record Turn(Command command, Decision decision, Snapshot before, Snapshot after, RunHistory history) {

        List<Fact> facts() {
            return decision instanceof Decision.Accepted accepted ? accepted.facts() : List.of();
        }
    }

    /** Looks at a turn just played. */
    interface Check {
        void on(Turn turn);
    }

    private static final String INDENT = "\n    ";

    private final RunHistory live = new RunHistory();
    private final RunHistory readBack = new RunHistory();
    private final List<Event> events = new ArrayList<>();
    private final List<Snapshot> afterEvents = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();

    static Trace of(List<Move> moves, Check check) {
        Trace trace = new Trace();
        for (Move move : moves) {
            trace.play(move, check);
        }
        return trace;
    }

    List<Event> events() {
        return events;
    }

    /** The state after each event, by index. */
    List<Snapshot> afterEvents() {
        return afterEvents;
    }

    private void play(Move move, Check check) {
        Snapshot before = Snapshot.of(live);
        String line = move.name();
        try {
            Command command = move.on(live);
            if (before.run() == null && !(command instanceof OutsideCommand.Submit)) {
                line += " → no run yet";
                assertThatThrownBy(() -> command.decide(live)).isInstanceOf(IllegalStateException.class);
                return;
            }
            Decision decision = command.decide(live);
            line += " → " + brief(decision);
            assertThat(command.decide(live)).as("deciding again").isEqualTo(decision);
            assertThat(Snapshot.of(live)).as("deciding changes nothing").isEqualTo(before);
            Turn turn = new Turn(command, decision, before, record(before, decision), live);
            line += " | " + turn.after().brief();
            check.on(turn);
        } catch (AssertionError | RuntimeException e) {
            lines.add(line + "   <== here");
            throw new AssertionError("After these commands:" + INDENT + this + "\n" + e.getMessage(), e);
        } finally {
            lines.add(line);
        }
    }

    private Snapshot record(Snapshot before, Decision decision) {
        if (!(decision instanceof Decision.Accepted accepted)) {
            return before;
        }
        for (Fact fact : accepted.facts()) {
            live.apply(fact);
            Event event = Samples.event(live.seq(), fact);
            Fact decoded = FactCodec.decode(event);
            assertThat(decoded).isEqualTo(fact);
            events.add(event);
            readBack.apply(decoded);
            afterEvents.add(Snapshot.of(live));
            assertThat(Snapshot.of(readBack)).as("state read back from the log").isEqualTo(Snapshot.of(live));
        }
        return Snapshot.of(live);
    }

    private static String brief(Decision decision) {
        return decision instanceof Decision.Accepted accepted
                ? accepted.facts().stream()
                        .map(each -> each.type().name())
                        .toList()
                        .toString()
                : "refused " + ((Decision.Refused) decision).why();
    }

    @Override
    public String toString() {
        return String.join(INDENT, lines);
    }
}
