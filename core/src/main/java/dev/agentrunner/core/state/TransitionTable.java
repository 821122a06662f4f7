package dev.agentrunner.core.state;

import dev.agentrunner.spi.model.EventType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A state machine as data: which event leads from which status to which. Whatever is not listed is
 * illegal. Immutable once built.
 *
 * @param <S> the statuses; {@code null} stands for "does not exist yet"
 */
public final class TransitionTable<S extends Enum<S>> {

    /** One legal transition. */
    public record Transition<S extends Enum<S>>(@Nullable S from, EventType on, S to) {}

    private record Key(@Nullable Object from, EventType on) {}

    private final String name;
    private final Map<Key, Transition<S>> transitions = new LinkedHashMap<>();

    TransitionTable(String name) {
        this.name = name;
    }

    TransitionTable<S> birth(EventType on, S to) {
        return add(null, on, to);
    }

    TransitionTable<S> move(S from, EventType on, S to) {
        return add(from, on, to);
    }

    TransitionTable<S> stay(S status, EventType... on) {
        for (EventType type : on) {
            add(status, type, status);
        }
        return this;
    }

    private TransitionTable<S> add(@Nullable S from, EventType on, S to) {
        if (transitions.put(new Key(from, on), new Transition<>(from, on, to)) != null) {
            throw new IllegalArgumentException(name + " has two transitions from " + from + " on " + on);
        }
        return this;
    }

    /** Where {@code on} leads from {@code from}; empty if that is illegal. */
    public Optional<S> next(@Nullable S from, EventType on) {
        return Optional.ofNullable(transitions.get(new Key(from, on))).map(Transition::to);
    }

    /** All legal transitions, in the order in which they were written down. */
    public List<Transition<S>> transitions() {
        return List.copyOf(transitions.values());
    }

    /**
     * The machine as a Mermaid state diagram; transitions between the same two statuses share an arrow. A
     * status that nothing enters is where the machine begins, one that nothing leaves is where it ends.
     */
    public String diagram() {
        Map<String, List<String>> arrows = new LinkedHashMap<>();
        Set<S> entered = new LinkedHashSet<>();
        Set<S> left = new LinkedHashSet<>();
        for (Transition<S> each : transitions.values()) {
            S from = each.from();
            entered.add(each.to());
            if (from != null) {
                left.add(from);
            }
            arrows.computeIfAbsent(node(from) + " --> " + node(each.to()), arrow -> new ArrayList<>())
                    .add(each.on().name());
        }
        StringBuilder text = new StringBuilder("stateDiagram-v2\n");
        left.stream().filter(each -> !entered.contains(each)).forEach(each -> line(text, "[*] --> " + node(each)));
        arrows.forEach((arrow, events) -> line(text, arrow + ": " + String.join("<br/>", events)));
        entered.stream().filter(each -> !left.contains(each)).forEach(each -> line(text, node(each) + " --> [*]"));
        return text.toString();
    }

    private static String node(@Nullable Enum<?> status) {
        return status == null ? "[*]" : status.name();
    }

    private static void line(StringBuilder text, String line) {
        text.append("    ").append(line).append('\n');
    }
}
