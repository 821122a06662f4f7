package dev.agentrunner.engine.prefix;

import dev.agentrunner.core.state.FactCodec;
import dev.agentrunner.core.state.Note;
import dev.agentrunner.core.state.RunFact;
import dev.agentrunner.core.state.RunHistory;
import dev.agentrunner.core.state.StepState;
import dev.agentrunner.core.state.Value;
import dev.agentrunner.engine.prefix.Family.Member;
import dev.agentrunner.spi.model.ArtifactRow;
import dev.agentrunner.spi.model.Event;
import dev.agentrunner.spi.model.EventType;
import dev.agentrunner.spi.model.Failure;
import dev.agentrunner.spi.model.StepId;
import dev.agentrunner.spi.model.StepStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What became of one run, without what differs between two executions by right: ids, moments, how often attempts were
 * interrupted.
 *
 * @param told by the run itself, which is told once
 * @param toldInSteps by bodies of steps, which may tell it again when they are executed again
 */
record Outcome(
        String ending, Map<String, String> steps, List<String> told, Set<String> toldInSteps, List<String> artifacts) {

    private static final String INTERRUPTED = StepStatus.FAILED + " interrupted";
    private static final Pattern RUN_ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    /** Which branches begin beside one that fails is a matter of time. */
    private static final Pattern MAYBE = Pattern.compile("(^|.*/)broken(#\\d+)?\\..*");

    /** A step that fails when it was interrupted. */
    private static final Pattern ONCE = Pattern.compile("(^|.*/)" + Player.ONCE + "(#\\d+)?");

    static boolean isOnce(StepId step) {
        return ONCE.matcher(step.value()).matches();
    }

    /** Of all runs, by their paths. */
    static Map<String, Outcome> of(Family family) {
        Map<String, Outcome> all = new TreeMap<>();
        family.members().forEach(member -> all.put(member.path(), of(member)));
        return all;
    }

    private static Outcome of(Member member) {
        RunHistory history = member.history();
        Map<String, String> steps = new TreeMap<>();
        for (StepState step : history.steps()) {
            String id = step.row().id().value();
            if (!MAYBE.matcher(id).matches()) {
                steps.put(id, text(step));
            }
        }
        List<String> told = new ArrayList<>();
        Set<String> toldInSteps = new TreeSet<>();
        List<String> artifacts = new ArrayList<>();
        for (Event event : member.events()) {
            if (FactCodec.decode(event) instanceof Note.ArtifactCreated created) {
                artifacts.add(text(created.artifact()));
            } else if (event.type().isCustom() || event.type().equals(EventType.LOG)) {
                String text = event.type() + " " + event.payload();
                if (event.step() == null) {
                    told.add(text);
                } else {
                    toldInSteps.add(event.step() + " " + text);
                }
            }
        }
        // Branches are not ordered among each other.
        told.sort(null);
        artifacts.sort(null);
        return new Outcome(ending(history.run().ending()), steps, told, toldInSteps, artifacts);
    }

    private static String text(StepState step) {
        String kind = step.row().kind();
        // Moments, and ids of artifacts.
        boolean own = kind.equals("now") || kind.equals("artifact");
        String result = own || step.result() == null ? "" : " " + text(step.result());
        boolean failed = step.status() == StepStatus.FAILED && step.failure() != null;
        return step.status() + result + (failed ? " " + text(step.failure()) : "");
    }

    private static String text(Value value) {
        return value.stored() == null
                ? value.inline().text()
                : "bytes " + value.stored().sha256();
    }

    private static String text(Failure failure) {
        return failure.kind().equals("interrupted")
                ? failure.kind()
                : failure.kind() + ": " + RUN_ID.matcher(failure.message()).replaceAll("<run>");
    }

    private static String text(ArtifactRow artifact) {
        return artifact.step() + " " + artifact.name() + " " + artifact.kind() + " " + artifact.mediaType() + " "
                + artifact.blob().sha256();
    }

    private static String ending(@Nullable RunFact ending) {
        if (ending instanceof RunFact.Completed completed) {
            return "COMPLETED " + text(completed.output());
        }
        return ending instanceof RunFact.Failed failed ? "FAILED " + text(failed.failure()) : String.valueOf(ending);
    }

    /** This one, had these runs been cut off here: a step that was to run at most once fails of that. */
    static Map<String, Outcome> after(Family prefix, Map<String, Outcome> uninterrupted) {
        Map<String, Outcome> all = new TreeMap<>(uninterrupted);
        prefix.members()
                .forEach(member -> all.computeIfPresent(member.path(), (path, outcome) -> outcome.after(member)));
        return all;
    }

    private Outcome after(Member cut) {
        Map<String, String> changed = new TreeMap<>(steps);
        for (StepState step : cut.history().steps()) {
            String id = step.row().id().value();
            if (isOnce(step.row().id())) {
                if (step.status() == StepStatus.RUNNING) {
                    changed.put(id, INTERRUPTED);
                } else if (step.status() == StepStatus.FAILED) {
                    changed.put(id, text(step));
                }
            }
        }
        return new Outcome(ending, changed, told, toldInSteps, artifacts);
    }
}
