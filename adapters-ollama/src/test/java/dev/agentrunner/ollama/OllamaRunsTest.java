package dev.agentrunner.ollama;

import static dev.agentrunner.ollama.fake.ChatLines.MODEL;
import static dev.agentrunner.ollama.fake.ChatLines.done;
import static dev.agentrunner.ollama.fake.ChatLines.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentrunner.AgentRunner;
import dev.agentrunner.client.RunHandle;
import dev.agentrunner.live.Live;
import dev.agentrunner.live.LiveEvent;
import dev.agentrunner.llm.ModelSettings;
import dev.agentrunner.memory.InMemoryStore;
import dev.agentrunner.ollama.fake.FakeOllama;
import dev.agentrunner.ollama.fake.Gate;
import dev.agentrunner.ollama.fake.Reply;
import dev.agentrunner.spi.llm.ChatRequest;
import dev.agentrunner.spi.llm.Delta;
import dev.agentrunner.spi.llm.Generation;
import dev.agentrunner.spi.llm.ModelAnswer;
import dev.agentrunner.spi.llm.ModelProvider;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.RunStatus;
import dev.agentrunner.workflow.GenerateOptions;
import dev.agentrunner.workflow.StepOptions;
import dev.agentrunner.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs that ask a model over the wire. */
@Timeout(120)
class OllamaRunsTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Workflow<String, String> ECHO = Workflow.named("echo", "1")
            .input(String.class)
            .output(String.class)
            .body((run, in) -> run.generate(
                            "say",
                            ChatRequest.of("ollama/" + MODEL, in),
                            GenerateOptions.DEFAULT.step(StepOptions.DEFAULT))
                    .text());

    private final FakeOllama server = FakeOllama.start();
    private final List<AgentRunner> runners = new ArrayList<>();

    @AfterEach
    void close() {
        runners.forEach(AgentRunner::close);
        server.close();
    }

    private AgentRunner runner(int workers, ModelSettings settings) {
        return runner(workers, settings, Ollama.at(server.uri()));
    }

    private AgentRunner runner(int workers, ModelSettings settings, ModelProvider provider) {
        AgentRunner runner = AgentRunner.builder()
                .store(new InMemoryStore())
                .workers(workers)
                .models(settings.provider(provider))
                .workflow(ECHO)
                .build();
        runners.add(runner);
        return runner;
    }

    @Test
    void a_run_gets_what_the_model_says() throws Exception {
        AgentRunner runner = runner(1, ModelSettings.DEFAULT);
        assertThat(runner.submit(ECHO, "one two three").await(String.class, SOON))
                .contains("one two three");
    }

    @Test
    void a_missing_model_fails_the_run_and_names_the_remedy() {
        server.nextChat(Reply.error(404, "model 'qwen3:4b' not found"));
        RunHandle run = runner(1, ModelSettings.DEFAULT).submit(ECHO, "in");
        assertThatThrownBy(() -> run.await(String.class, SOON)).hasMessageContaining("ollama pull " + MODEL);
    }

    @Test
    void a_stalled_prompt_is_canceled_within_two_seconds_and_the_connection_is_gone() throws Exception {
        Gate gate = new Gate();
        server.nextChat(Reply.nothing().stall(gate).thenOk(text("never"), done()));
        RunHandle run = runner(1, ModelSettings.DEFAULT).submit(ECHO, "in");
        gate.awaitReached();
        long begin = System.nanoTime();

        run.cancel("enough");

        assertThat(run.awaitEnd(SOON)).isEqualTo(RunStatus.CANCELED);
        server.takeRequest().awaitGone();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
    }

    /** A thousand with virtual threads; as many as platform threads are worth otherwise. */
    @Test
    void many_generations_at_once_lose_nothing_of_what_they_say() throws Exception {
        int many = manyAtOnce();
        long before = usedBytes();
        Map<RunId, StringBuilder> said = new ConcurrentHashMap<>();
        AgentRunner runner = runner(many, ModelSettings.DEFAULT);
        Gate gate = new Gate();
        for (int i = 0; i < many; i++) {
            String[] words =
                    IntStream.range(0, 50).mapToObj(n -> text("w" + n + " ")).toArray(String[]::new);
            server.nextChat(Reply.ok().stall(gate).lines(words).lines(done()));
        }
        try (Live.Watching watching = runner.live().watch(delta -> hear(said, delta))) {
            assertThat(watching).isNotNull();
            List<RunHandle> runs = IntStream.range(0, many)
                    .mapToObj(i -> runner.submit(ECHO, "run " + i))
                    .toList();
            for (int i = 0; i < many; i++) {
                server.takeRequest();
            }
            assertThat(server.openConnections()).isEqualTo(many);
            assertThat((usedBytes() - before) / many)
                    .as("bytes of heap for each generation under way, the server's side included")
                    .isLessThan(200_000);
            gate.open();

            String all = IntStream.range(0, 50).mapToObj(n -> "w" + n + " ").collect(Collectors.joining());
            for (RunHandle run : runs) {
                assertThat(run.await(String.class, SOON)).isEqualTo(all);
                assertThat(said.get(run.id())).hasToString(all);
            }
        }
    }

    private static int manyAtOnce() {
        return Runtime.version().feature() >= 21 ? 1_000 : 100;
    }

    private static long usedBytes() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @Test
    void no_more_than_the_limit_of_a_model_are_asked_at_once() throws Exception {
        Counted counted = new Counted(Ollama.at(server.uri()), new AtomicInteger(), new AtomicInteger());
        AgentRunner runner = runner(manyAtOnce(), ModelSettings.DEFAULT.limit("ollama/" + MODEL, 20), counted);

        List<RunHandle> runs = IntStream.range(0, manyAtOnce())
                .mapToObj(i -> runner.submit(ECHO, "run " + i))
                .toList();

        for (int i = 0; i < runs.size(); i++) {
            assertThat(runs.get(i).await(String.class, SOON)).contains("run " + i);
        }
        assertThat(counted.most()).hasValueBetween(2, 20);
    }

    /** Counts how many generations are under way, and how many at most. */
    private record Counted(Ollama ollama, AtomicInteger now, AtomicInteger most) implements ModelProvider {

        @Override
        public String name() {
            return ollama.name();
        }

        @Override
        public Generation generate(ChatRequest request, Consumer<Delta> deltas) {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            Generation generation = ollama.generate(request, deltas);
            CompletableFuture<ModelAnswer> counted =
                    generation.answer().whenComplete((answer, error) -> now.decrementAndGet());
            return new Generation() {
                @Override
                public CompletableFuture<ModelAnswer> answer() {
                    return counted;
                }

                @Override
                public void close() {
                    generation.close();
                }
            };
        }
    }

    private static void hear(Map<RunId, StringBuilder> said, LiveEvent event) {
        if (event instanceof LiveEvent.Answering delta && delta.delta() instanceof Delta.Text text) {
            said.computeIfAbsent(delta.run(), run -> new StringBuilder()).append(text.text());
        }
    }
}
