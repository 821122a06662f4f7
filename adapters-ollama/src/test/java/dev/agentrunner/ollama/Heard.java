package dev.agentrunner.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.spi.llm.Delta;
import dev.agentrunner.spi.llm.Generation;
import dev.agentrunner.spi.llm.ModelAnswer;
import dev.agentrunner.spi.llm.ModelException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Listens to a generation. */
final class Heard implements Consumer<Delta> {

    private final List<Delta> deltas = new CopyOnWriteArrayList<>();
    private final CountDownLatch first = new CountDownLatch(1);

    @Override
    public void accept(Delta delta) {
        deltas.add(delta);
        first.countDown();
    }

    List<Delta> deltas() {
        return deltas;
    }

    String text() {
        return deltas.stream()
                .filter(Delta.Text.class::isInstance)
                .map(delta -> ((Delta.Text) delta).text())
                .collect(Collectors.joining());
    }

    void awaitFirst() throws InterruptedException {
        assertThat(first.await(20, TimeUnit.SECONDS)).as("something was told").isTrue();
    }

    static ModelAnswer answer(Generation generation) throws Exception {
        return generation.answer().get(20, TimeUnit.SECONDS);
    }

    static ModelException failure(Generation generation) {
        return failure(generation, Duration.ofSeconds(20));
    }

    static ModelException failure(Generation generation, Duration within) {
        try {
            throw new AssertionError(
                    "No failure but " + generation.answer().get(within.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException e) {
            assertThat(e.getCause()).isInstanceOf(ModelException.class);
            return (ModelException) e.getCause();
        } catch (Exception e) {
            throw new AssertionError("No failure in time", e);
        }
    }
}
