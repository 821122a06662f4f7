package dev.agentrunner.core.execution;

import dev.agentrunner.core.state.Note;
import dev.agentrunner.core.state.StepState;
import dev.agentrunner.spi.model.StepId;
import dev.agentrunner.spi.model.StepStatus;
import dev.agentrunner.workflow.NonDeterministicWorkflowException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * One branch of a workflow's body: names its steps, checks them against those that are recorded, and keeps
 * what its next side effect has to wait for. Belongs to one thread at a time.
 *
 * <p>What the branch tells between two steps is recorded together with the start of the next one. So on
 * replay, what was told before a recorded step is recorded too, and is dropped.
 */
final class Scope {

    private static final int LONGEST_NAME = 200;

    private final String path;
    private final Recorded recorded;
    private final List<StepId> expected;
    private final Map<String, Integer> occurrences = new HashMap<>();
    private final List<Note> told = new ArrayList<>();
    private CompletableFuture<Void> lastResult;
    private int position;
    private boolean inBody;

    /** The workflow's own branch. */
    Scope(Recorded recorded) {
        this("", recorded, CompletableFuture.completedFuture(null));
    }

    private Scope(String path, Recorded recorded, CompletableFuture<Void> lastResult) {
        this.path = path;
        this.recorded = recorded;
        this.expected = recorded.in(path);
        this.lastResult = lastResult;
    }

    static String checked(String name) {
        if (name.length() > LONGEST_NAME || name.isBlank() || hasReserved(name)) {
            throw new IllegalArgumentException(
                    "A name has 1 to 200 characters without / # [ ] and control characters: '" + name + "'");
        }
        return name;
    }

    /** What ids of steps are put together with, and ASCII control characters. */
    private static boolean hasReserved(String name) {
        for (int i = 0; i < name.length(); i++) {
            char character = name.charAt(i);
            if (character < ' ' || character == 0x7F || "/#[]".indexOf(character) >= 0) {
                return true;
            }
        }
        return false;
    }

    /**
     * Names the next step.
     *
     * @throws NonDeterministicWorkflowException if another one is recorded here
     */
    StepId next(String name) {
        recorded.check();
        if (inBody) {
            throw new IllegalStateException("'" + name + "' was begun inside the body of a step of the same branch; do "
                    + "it after that step, or in a branch of its own");
        }
        int occurrence = occurrences.merge(checked(name), 1, Integer::sum);
        String local = occurrence == 1 ? name : name + "#" + occurrence;
        StepId id = new StepId(path.isEmpty() ? local : path + "/" + local);
        if (position < expected.size()) {
            told.clear();
            StepId recordedHere = expected.get(position);
            if (!recordedHere.equals(id)) {
                throw recorded.diverged("step " + recordedHere, "step " + id);
            }
        }
        position++;
        return id;
    }

    /**
     * The branch has come to its end.
     *
     * @throws NonDeterministicWorkflowException if more steps are recorded
     */
    void end() {
        recorded.check();
        if (position < expected.size()) {
            throw recorded.diverged(
                    "step " + expected.get(position), "the end of " + (path.isEmpty() ? "the workflow" : path));
        }
    }

    /**
     * Checks that the log knows this step as what the code takes it for.
     *
     * @throws NonDeterministicWorkflowException if not
     */
    void requireKind(StepState known, String kind) {
        if (known.status() != StepStatus.PENDING && !known.row().kind().equals(kind)) {
            throw recorded.diverged(
                    "step " + known.row().id() + " of kind " + known.row().kind(), "one of kind " + kind);
        }
    }

    /** The code does something else than what is recorded. */
    NonDeterministicWorkflowException diverged(String expected, String found) {
        return recorded.diverged(expected, found);
    }

    /** Nothing can be begun while the body of a step executes. */
    void enterBody() {
        inBody = true;
    }

    void leaveBody() {
        inBody = false;
    }

    void tell(Note note) {
        told.add(note);
    }

    /** What was told since the last step; forgotten here. */
    List<Note> takeTold() {
        List<Note> taken = List.copyOf(told);
        told.clear();
        return taken;
    }

    void tell(List<Note> notes) {
        told.addAll(notes);
    }

    String path() {
        return path;
    }

    /**
     * The branch recorded a result.
     *
     * @param durable completes when it is durable, and with it all that was recorded in the run before
     */
    void keepResult(CompletableFuture<Void> durable) {
        lastResult = durable;
    }

    /**
     * Completes when the last result is durable that this branch recorded, or inherited when it began. Each
     * branch has its own: of those that record at the same time, none may take another's for its own.
     */
    CompletableFuture<Void> lastResult() {
        return lastResult;
    }

    Scope branch(String branchPath) {
        return new Scope(branchPath, recorded, lastResult);
    }
}
