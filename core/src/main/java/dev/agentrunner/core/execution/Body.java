package dev.agentrunner.core.execution;

import dev.agentrunner.core.codec.JsonCodec;
import dev.agentrunner.core.state.Note;
import dev.agentrunner.core.state.StepCommand;
import dev.agentrunner.spi.model.ArtifactId;
import dev.agentrunner.spi.model.ArtifactRow;
import dev.agentrunner.spi.model.StepId;
import dev.agentrunner.workflow.Cancellation;
import dev.agentrunner.workflow.StepContext;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
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
        ArtifactRow row = execution.artifact(id, name, kind, mediaType, bytes);
        synchronized (this) {
            artifacts.add(new Note.ArtifactCreated(row));
        }
        return row.id();
    }
}
