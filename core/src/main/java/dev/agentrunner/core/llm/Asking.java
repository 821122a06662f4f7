package dev.agentrunner.core.llm;

import dev.agentrunner.core.codec.Failures;
import dev.agentrunner.core.codec.Secrets;
import dev.agentrunner.core.state.LlmNote;
import dev.agentrunner.core.state.Note;
import dev.agentrunner.live.Live;
import dev.agentrunner.live.LiveEvent;
import dev.agentrunner.spi.llm.ChatRequest;
import dev.agentrunner.spi.llm.Delta;
import dev.agentrunner.spi.llm.Generation;
import dev.agentrunner.spi.llm.ModelAnswer;
import dev.agentrunner.spi.llm.ModelException;
import dev.agentrunner.spi.llm.ModelException.Kind;
import dev.agentrunner.spi.llm.ModelProvider;
import dev.agentrunner.spi.llm.Spending;
import dev.agentrunner.spi.model.Failure;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.StepId;
import dev.agentrunner.workflow.GenerateOptions;
import dev.agentrunner.workflow.Reply;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks for one attempt of a step: the models one after the other, until one answers. Used by one thread.
 *
 * @param secrets what nobody is told
 * @param notes takes what is to be recorded, in order
 * @param spent what the run has spent so far
 */
public record Asking(
        Models models,
        Secrets secrets,
        RunId run,
        StepId step,
        int attempt,
        Consumer<List<Note>> notes,
        Supplier<Spending> spent) {

    private static final Logger LOG = LoggerFactory.getLogger(Asking.class);

    /**
     * Asks until there is an answer.
     *
     * @throws ModelException what the most hopeful of the models said, if none answers
     * @throws InterruptedException if the step is to stop; the provider's connection is gone then
     */
    public Reply ask(ChatRequest request, GenerateOptions options) throws InterruptedException {
        List<String> names = new ArrayList<>(List.of(request.model()));
        names.addAll(options.fallbacks());
        List<Route> routes = names.stream().map(models::route).toList();
        ModelException hopeful = null;
        for (Route route : routes) {
            try {
                return ask(route, request, options);
            } catch (ModelException e) {
                if (hopeful == null || !hopeful.kind().isRetryable()) {
                    hopeful = e;
                }
            }
        }
        throw hopeful == null ? new IllegalStateException("no model was asked") : hopeful;
    }

    private Reply ask(Route route, ChatRequest request, GenerateOptions options) throws InterruptedException {
        Models.Room room = models.enter(route);
        Pulse pulse = new Pulse(System.nanoTime());
        try {
            BudgetExceededException.check(models.budget(), spent.get());
            notes.accept(List.of(started(route), pulse.heartbeat(step, pulse.begun())));
            ModelAnswer answer = await(route, request, options, pulse);
            Truncation.warning(request, answer)
                    .ifPresent(text -> notes.accept(List.of(new Note.Log(step, "WARN", text))));
            return reply(route, answer, pulse);
        } catch (ModelException e) {
            notes.accept(List.of(failed(route, e, pulse)));
            throw e;
        } catch (InterruptedException e) {
            tellOfStop(route, pulse);
            throw e;
        } finally {
            room.close();
        }
    }

    /** As far as the run still takes notes. */
    private void tellOfStop(Route route, Pulse pulse) {
        try {
            notes.accept(List.of(failed(route, new ModelException(Kind.CANCELED, "The step was stopped"), pulse)));
        } catch (RuntimeException | Error ended) {
            LOG.debug("Run {} has ended before its generation", run, ended);
        }
    }

    private LlmNote started(Route route) {
        ModelProvider provider = route.provider();
        return new LlmNote.Started(step, provider.name(), route.model(), attempt, provider.isScripted());
    }

    private LlmNote failed(Route route, ModelException e, Pulse pulse) {
        Failure failure = Failures.of(e, secrets);
        return new LlmNote.Failed(
                step, route.provider().name(), route.model(), failure, pulse.elapsedMillis(System.nanoTime()));
    }

    private ModelAnswer await(Route route, ChatRequest request, GenerateOptions options, Pulse pulse)
            throws InterruptedException {
        Telltale telltale = new Telltale(
                secrets, delta -> models.live().tell(new LiveEvent.Answering(run, step, attempt, route.name(), delta)));
        Consumer<Delta> deltas = delta -> {
            pulse.felt(delta, System.nanoTime());
            telltale.tell(delta);
        };
        Live.Watching pulsing = models.live().pulse(() -> beating(route, pulse));
        try (Generation generation = begin(route, request, deltas)) {
            Vigil vigil = new Vigil(
                    options.limits(),
                    models.heartbeat(),
                    pulse,
                    now -> notes.accept(List.of(pulse.heartbeat(step, now))));
            ModelAnswer answer = vigil.await(generation);
            telltale.end();
            return answer;
        } finally {
            pulsing.close();
        }
    }

    private LiveEvent beating(Route route, Pulse pulse) {
        return new LiveEvent.Beating(run, step, attempt, route.name(), pulse.beat(System.nanoTime()));
    }

    private static Generation begin(Route route, ChatRequest request, Consumer<Delta> deltas) {
        try {
            return route.provider().generate(request.withModel(route.model()), deltas);
        } catch (ModelException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new ModelException(
                    Kind.BAD_REQUEST,
                    "Provider " + route.provider().name() + " cannot take the request: " + e.getMessage(),
                    e);
        }
    }

    private Reply reply(Route route, ModelAnswer answer, Pulse pulse) {
        BigDecimal cost = models.cost(route, answer.usage());
        notes.accept(List.of(new LlmNote.Completed(
                step,
                route.provider().name(),
                route.model(),
                answer.usage(),
                answer.finishReason().name().toLowerCase(Locale.ROOT),
                pulse.elapsedMillis(System.nanoTime()),
                cost)));
        return new Reply(
                route.name(),
                answer.text(),
                answer.thinking(),
                answer.toolCalls(),
                answer.usage(),
                cost,
                answer.finishReason());
    }
}
