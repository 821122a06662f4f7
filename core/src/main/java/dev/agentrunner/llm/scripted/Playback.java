package dev.agentrunner.llm.scripted;

import dev.agentrunner.llm.scripted.Interaction.Chunk;
import dev.agentrunner.llm.scripted.Interaction.Ending;
import dev.agentrunner.spi.llm.Delta;
import dev.agentrunner.spi.llm.Generation;
import dev.agentrunner.spi.llm.ModelAnswer;
import dev.agentrunner.spi.llm.ModelException;
import dev.agentrunner.spi.llm.ModelException.Kind;
import dev.agentrunner.spi.llm.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One recorded answer while it is played. Its steps follow each other on the timer. */
final class Playback implements Generation {

    private final Interaction interaction;
    private final Consumer<Delta> deltas;
    private final ScheduledExecutorService timer;
    private final double slowness;
    private final CompletableFuture<ModelAnswer> answer = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder thinking = new StringBuilder();
    private final List<ToolCall> calls = new ArrayList<>();

    Playback(Interaction interaction, Consumer<Delta> deltas, ScheduledExecutorService timer, double slowness) {
        this.interaction = interaction;
        this.deltas = deltas;
        this.timer = timer;
        this.slowness = slowness;
    }

    void begin() {
        next(0, 0);
    }

    private void next(int index, long now) {
        List<Chunk> chunks = interaction.chunks();
        boolean last = index == chunks.size();
        long at = last ? interaction.ending().atMillis() : chunks.get(index).atMillis();
        try {
            timer.schedule(
                    () -> {
                        if (last) {
                            end(interaction.ending());
                        } else if (!answer.isDone()) {
                            tell(chunks.get(index).delta());
                            next(index + 1, at);
                        }
                    },
                    Math.max(0, Math.round((at - now) * slowness)),
                    TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            close();
        }
    }

    private void tell(Delta delta) {
        if (delta instanceof Delta.Text more) {
            text.append(more.text());
        } else if (delta instanceof Delta.Thinking more) {
            thinking.append(more.text());
        } else if (delta instanceof Delta.Call call) {
            calls.add(call.call());
        }
        try {
            deltas.accept(delta);
        } catch (RuntimeException e) {
            answer.completeExceptionally(new ModelException(Kind.CANCELED, "Who listened to the answer failed", e));
        }
    }

    private void end(Ending ending) {
        if (ending.failure() != null) {
            answer.completeExceptionally(new ModelException(ending.failure(), ending.message()));
        } else {
            answer.complete(new ModelAnswer(
                    String.valueOf(ending.model()),
                    text.toString(),
                    thinking.toString(),
                    calls,
                    ending.usage(),
                    ending.finishReason()));
        }
    }

    @Override
    public CompletableFuture<ModelAnswer> answer() {
        return answer;
    }

    @Override
    public void close() {
        answer.completeExceptionally(new ModelException(Kind.CANCELED, "The generation was ended"));
    }
}
