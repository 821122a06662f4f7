package dev.agentrunner.core.execution;

import dev.agentrunner.core.codec.JsonCodec;
import dev.agentrunner.core.live.Broadcast;
import dev.agentrunner.core.live.Screen;
import dev.agentrunner.core.state.Note;
import dev.agentrunner.core.state.StepCommand;
import dev.agentrunner.core.workspace.Stay;
import dev.agentrunner.live.LiveEvent;
import dev.agentrunner.spi.model.ArtifactId;
import dev.agentrunner.spi.model.ArtifactRow;
import dev.agentrunner.spi.model.StepId;
import dev.agentrunner.spi.workspace.Workspace;
import dev.agentrunner.workflow.Cancellation;
import dev.agentrunner.workflow.Notes.Level;
import dev.agentrunner.workflow.StepContext;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a step while its body executes. The only one who interrupts the body's thread, and only
 * while it is in the body. Thread-safe.
 */
final class Body implements StepContext {

    private final Execution execution;
    private final StepId id;
    private final int attempt;
    private final Token token = new Token();
    private final List<Note> artifacts = new ArrayList<>(); // guarded by this
    private @Nullable Thread thread; // guarded by this
    private @Nullable Screen screen; // guarded by this
    private final Object place = new Object();
    private @Nullable Stay stay; // guarded by place
    private boolean left; // guarded by place
    private volatile boolean timedOut;

    Body(Execution execution, StepId id, int attempt) {
        this.execution = execution;
        this.id = id;
        this.attempt = attempt;
    }

    synchronized void begin(Thread by) {
        thread = by;
    }

    /** From here on nobody interrupts; an interrupt that came too late is cleared. */
    synchronized void end() {
        thread = null;
        Thread.interrupted();
    }

    synchronized boolean isUnderWay() {
        return thread != null;
    }

    /** Asks the body to stop. */
    void stop() {
        token.request();
        synchronized (this) {
            if (thread != null) {
                thread.interrupt();
            }
        }
    }

    void timeOut() {
        timedOut = true;
        stop();
    }

    boolean isTimedOut() {
        return timedOut;
    }

    synchronized List<Note> artifacts() {
        return List.copyOf(artifacts);
    }

    /**
     * Ends the use of the workspace, if there was any.
     *
     * @param log takes what is to be recorded of it
     */
    void conclude(Consumer<List<Note>> log) {
        endScreen();
        Stay used = leavePlace();
        if (used == null) {
            log.accept(List.of());
            return;
        }
        execution.patiently(() -> {
            used.conclude(id, execution.kit().ids()::artifact, log);
            return true;
        });
    }

    /** Ends the use of the workspace; what the attempt did there is undone. Does nothing once it has ended. */
    void undo() {
        endScreen();
        Stay used = leavePlace();
        if (used != null) {
            used.undo();
        }
    }

    private @Nullable Stay leavePlace() {
        synchronized (place) {
            left = true;
            return stay;
        }
    }

    @Override
    public Workspace workspace() {
        synchronized (place) {
            if (left) {
                throw new CancellationException("The attempt has ended; its workspace belongs to what follows");
            }
            if (stay == null) {
                stay = execution.patiently(() -> execution.workspace().enter());
            }
            return stay.workspace();
        }
    }

    private synchronized void endScreen() {
        if (screen != null) {
            screen.end();
        }
    }

    @Override
    public void show(String stream, String text) {
        screen().show(stream, text);
    }

    private synchronized Screen screen() {
        if (screen == null) {
            Broadcast live = execution.kit().settings().models().live();
            screen = new Screen(
                    execution.secrets(),
                    (stream, text) -> live.tell(new LiveEvent.Showing(execution.run(), id, attempt, stream, text)));
        }
        return screen;
    }

    @Override
    public StepId id() {
        return id;
    }

    @Override
    public int attempt() {
        return attempt;
    }

    @Override
    public Cancellation cancellation() {
        return token;
    }

    @Override
    public void log(Level level, String message) {
        execution.record(new StepCommand.Tell(
                id, List.of(Telling.log(id, level, execution.secrets().redact(message)))));
    }

    @Override
    public void emit(String type, Object payload) {
        JsonCodec codec = execution.kit().values().codec();
        execution.record(new StepCommand.Tell(id, List.of(Telling.custom(id, type, payload, codec))));
    }

    @Override
    public ArtifactId artifact(String name, String kind, String mediaType, InputStream bytes) {
        ArtifactRow row = new ArtifactCalls(execution).keep(id, name, kind, mediaType, bytes);
        synchronized (this) {
            artifacts.add(new Note.ArtifactCreated(row));
        }
        return row.id();
    }
}
