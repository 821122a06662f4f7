package dev.agentrunner.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentrunner.spi.llm.ChatRequest;
import dev.agentrunner.spi.llm.Delta;
import dev.agentrunner.spi.llm.Generation;
import dev.agentrunner.spi.llm.ModelAnswer;
import dev.agentrunner.spi.llm.ModelException;
import dev.agentrunner.spi.llm.ModelException.Kind;
import dev.agentrunner.spi.llm.ModelProvider;
import dev.agentrunner.spi.llm.Usage;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every provider keeps to, whatever is behind it. An adapter joins with one subclass that lets a server, or whatever
 * else it asks, behave as a test wants.
 *
 * <p>On failure look at who completes the answer, and whether anything is told afterwards.
 */
@Timeout(60)
public abstract class ModelProviderContract {

    /** Any text, thinking and numbers will do. */
    protected static final ChatRequest REQUEST = ChatRequest.of("staged", "Say something");

    private static final List<Delta> SAID = List.of(
            new Delta.Thinking("hm, "), new Delta.Thinking("well"), new Delta.Text("näh "), new Delta.Text("so"));

    private final Queue<Delta> heard = new ConcurrentLinkedQueue<>();
    private final CountDownLatch begun = new CountDownLatch(1);

    /** For subclasses. */
    protected ModelProviderContract() {}

    /** The provider; the same one for a whole test. */
    protected abstract ModelProvider provider();

    /** The next request is answered so. */
    protected abstract void answers(List<Delta> deltas, Usage usage);

    /** The next request is told so much, and then nothing more for as long as the test lasts. */
    protected abstract void stallsAfter(List<Delta> deltas);

    /** The next request fails so after so much was told; false if that cannot happen to this provider. */
    protected abstract boolean failsAfter(List<Delta> deltas, Kind kind);

    /** Waits until nobody listens any more to what the last request was told; at once if nobody could know. */
    protected abstract void awaitGone();

    private Generation ask() {
        return provider().generate(REQUEST, this::hear);
    }

    private void hear(Delta delta) {
        if (!(delta instanceof Delta.Opened)) {
            heard.add(delta);
            begun.countDown();
        }
    }

    private static ModelAnswer answer(Generation generation) throws Exception {
        return generation.answer().get(30, TimeUnit.SECONDS);
    }

    private static void assertFailed(Generation generation, Kind kind) {
        assertThatThrownBy(() -> answer(generation))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        ModelException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }

    @Test
    void an_answer_is_what_was_told() throws Exception {
        answers(SAID, new Usage(11, 4));
        ModelAnswer answer = answer(ask());
        assertThat(answer.text()).isEqualTo("näh so");
        assertThat(answer.thinking()).isEqualTo("hm, well");
        assertThat(answer.usage()).isEqualTo(new Usage(11, 4));
        assertThat(heard).containsExactlyElementsOf(SAID);
    }

    @Test
    void generations_do_not_mix() throws Exception {
        answers(List.of(new Delta.Text("one")), Usage.NONE);
        answers(List.of(new Delta.Text("two")), Usage.NONE);
        assertThat(answer(ask()).text()).isEqualTo("one");
        assertThat(answer(ask()).text()).isEqualTo("two");
    }

    @Test
    void closing_before_anything_was_said_cancels() {
        stallsAfter(List.of());
        Generation generation = ask();
        generation.close();
        assertFailed(generation, Kind.CANCELED);
        awaitGone();
        assertThat(heard).isEmpty();
    }

    @Test
    void closing_in_the_middle_cancels_and_nothing_more_is_told() throws Exception {
        stallsAfter(SAID);
        Generation generation = ask();
        assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
        generation.close();
        generation.close();
        assertFailed(generation, Kind.CANCELED);
        awaitGone();
        assertThat(SAID).startsWith(heard.toArray(Delta[]::new));
    }

    @Test
    void closing_what_is_complete_changes_nothing() throws Exception {
        answers(SAID, Usage.NONE);
        Generation generation = ask();
        ModelAnswer answer = answer(generation);
        generation.close();
        assertThat(answer(generation)).isEqualTo(answer);
    }

    @Test
    void a_failure_has_its_kind_and_is_never_an_answer() {
        for (Kind kind : Kind.values()) {
            for (List<Delta> before : List.of(List.<Delta>of(), SAID)) {
                if (failsAfter(before, kind)) {
                    assertFailed(ask(), kind);
                }
            }
        }
    }

    @Test
    void a_listener_that_fails_ends_the_generation() {
        stallsAfter(SAID);
        Generation generation = provider().generate(REQUEST, delta -> {
            throw new IllegalStateException("as the test wants it");
        });
        assertFailed(generation, Kind.CANCELED);
        awaitGone();
    }
}
