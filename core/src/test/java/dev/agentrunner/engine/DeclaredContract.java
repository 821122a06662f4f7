package dev.agentrunner.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentrunner.AgentRunner;
import dev.agentrunner.client.ForkOptions;
import dev.agentrunner.client.RunFailedException;
import dev.agentrunner.client.RunHandle;
import dev.agentrunner.client.SubmitOptions;
import dev.agentrunner.client.UnknownWorkflowException;
import dev.agentrunner.client.WorkflowInfo;
import dev.agentrunner.spi.model.Json;
import dev.agentrunner.spi.model.Waiting;
import dev.agentrunner.tck.fault.FaultyStore;
import dev.agentrunner.workflow.About;
import dev.agentrunner.workflow.InvalidInputException;
import dev.agentrunner.workflow.OutlineStep;
import dev.agentrunner.workflow.ResultType;
import dev.agentrunner.workflow.StepOptions;
import dev.agentrunner.workflow.Workflow;
import dev.agentrunner.workflow.WorkflowSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Workflows that texts declare: they come and go, and runs go on by the text with which they began. */
public abstract class DeclaredContract extends EngineContract {

    /** Each text is {@code name version what-it-says}: a workflow that waits for a signal and then says so. */
    private static class Texts implements WorkflowSource {

        private Consumer<List<Workflow<?, ?>>> changed = all -> {};
        private List<String> texts;
        private WorkflowSource.Surroundings surroundings = new WorkflowSource.Surroundings(Set.of(), Set.of());

        Texts(String... texts) {
            this.texts = List.of(texts);
        }

        @Override
        public void start(WorkflowSource.Surroundings around, Consumer<List<Workflow<?, ?>>> listener) {
            surroundings = around;
            changed = listener;
            become(texts.toArray(String[]::new));
        }

        void become(String... now) {
            texts = List.of(now);
            changed.accept(texts.stream().<Workflow<?, ?>>map(this::read).toList());
        }

        private Workflow<?, ?> read(String text) {
            String[] parts = text.split(" ", 3);
            About about = About.NOTHING
                    .description("says " + parts[2])
                    .outline(List.of(new OutlineStep("wait", "await", "", List.of())))
                    .inputs(new About.Inputs(new Json("{\"type\":\"string\"}"), input -> {
                        if (!input.tree().isTextual()) {
                            throw new InvalidInputException(
                                    parts[0], List.of(new InvalidInputException.Problem("", "is not a text")));
                        }
                    }))
                    .declared(new About.Declared("words", text, this::read));
            return Workflow.named(parts[0], parts[1])
                    .about(about)
                    .input(String.class)
                    .output(String.class)
                    .body((run, in) -> parts[2] + " " + run.await("go", String.class) + in);
        }

        @Override
        public About.Declared.Reader reader() {
            return this::read;
        }

        @Override
        public String format() {
            return "words";
        }

        @Override
        public void close() {
            changed = all -> {};
        }
    }

    private static RunHandle submit(AgentRunner runner, String workflow) {
        return runner.submit(workflow, new Json("\"!\""), SubmitOptions.DEFAULT);
    }

    @Test
    void a_run_goes_on_by_the_text_with_which_it_began() throws Exception {
        Texts texts = new Texts("greet 1 hello");
        AgentRunner runner = start(quick().workflows(texts));
        RunHandle before = submit(runner, "greet");
        awaitWaiting(runner, before, Waiting.SIGNAL);

        texts.become("greet 1 goodbye");
        RunHandle after = submit(runner, "greet");
        before.signal("go", "Ada");
        after.signal("go", "Ada");

        assertThat(before.await(String.class, SOON)).isEqualTo("hello Ada!");
        assertThat(after.await(String.class, SOON)).isEqualTo("goodbye Ada!");
        RunHandle fork = before.fork(ForkOptions.from("go"));
        fork.signal("go", "Bob");
        assertThat(fork.await(String.class, SOON)).isEqualTo("hello Bob!");
    }

    @Test
    void a_workflow_that_is_gone_takes_no_new_runs_but_ends_those_it_has_also_on_a_new_node() throws Exception {
        Texts texts = new Texts("greet 1 hello");
        FaultyStore connection = faulty();
        AgentRunner first = start(connection, quick().workflows(texts));
        RunHandle here = submit(first, "greet");
        RunHandle there = submit(first, "greet");
        awaitWaiting(first, here, Waiting.SIGNAL);
        awaitWaiting(first, there, Waiting.SIGNAL);

        texts.become("other 1 hm");
        assertThatThrownBy(() -> submit(first, "greet")).isInstanceOf(UnknownWorkflowException.class);
        here.signal("go", "Ada");
        assertThat(here.await(String.class, SOON)).isEqualTo("hello Ada!");

        AgentRunner second = start(quick().workflows(new Texts("other 1 hm")));
        kill(first, connection, second);
        second.handle(there.id()).signal("go", "Bob");
        assertThat(second.handle(there.id()).await(String.class, SOON)).isEqualTo("hello Bob!");
    }

    @Test
    void a_version_of_its_own_is_what_a_fork_may_ask_for() throws Exception {
        AgentRunner runner = start(quick().workflows(new Texts("greet 1 hello", "greet 2 goodbye")));
        RunHandle run = submit(runner, "greet");
        run.signal("go", "Ada");
        assertThat(run.await(String.class, SOON)).isEqualTo("goodbye Ada!");

        RunHandle fork = run.fork(ForkOptions.RETRY.version("1"));

        assertThat(fork.await(String.class, SOON)).isEqualTo("hello Ada!");
    }

    @Test
    void an_input_that_does_not_fit_creates_no_run() throws Exception {
        Workflow<String, String> parent = workflow(
                "parent",
                String.class,
                (run, in) -> run.call("child", "greet", Map.of(), ResultType.of(String.class), StepOptions.DEFAULT));
        AgentRunner runner = start(quick().workflows(new Texts("greet 1 hello")), parent);

        assertThatThrownBy(() -> runner.submit("greet", new Json("1"), SubmitOptions.DEFAULT))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is not a text");
        assertThat(runner.store().catalog().counts()).isEmpty();
        RunHandle run = runner.submit(parent, "");
        assertThatThrownBy(() -> run.await(String.class, SOON))
                .isInstanceOfSatisfying(
                        RunFailedException.class,
                        e -> assertThat(e.failure().kind()).isEqualTo("invalid_input"));
        refolded(runner, run);
    }

    @Test
    void a_child_may_be_named_and_nested_only_so_deep() throws Exception {
        Workflow<String, String> endless = workflow(
                "endless",
                String.class,
                (run, in) -> run.call("again", "endless", in, ResultType.of(String.class), StepOptions.DEFAULT));
        Workflow<String, String> lost = workflow(
                "lost",
                String.class,
                (run, in) -> run.call("what", "nobody", in, ResultType.of(String.class), StepOptions.DEFAULT));
        AgentRunner runner = runner(endless, lost);

        assertThatThrownBy(() -> runner.submit(endless, "").await(String.class, SOON))
                .isInstanceOfSatisfying(
                        RunFailedException.class,
                        e -> assertThat(e.failure().kind()).isEqualTo("nested_too_deep"));
        assertThat(runner.store().catalog().counts().values()).containsExactly(17L);
        assertThatThrownBy(() -> runner.submit(lost, "").await(String.class, SOON))
                .isInstanceOfSatisfying(
                        RunFailedException.class,
                        e -> assertThat(e.failure().kind()).isEqualTo("unknown_workflow"));
    }

    @Test
    void a_text_that_cannot_be_read_any_more_fails_its_runs_and_holds_up_no_others() throws Exception {
        Texts texts = new Texts("greet 1 hello");
        FaultyStore connection = faulty();
        AgentRunner first = start(connection, quick().workflows(texts));
        RunHandle run = submit(first, "greet");
        awaitWaiting(first, run, Waiting.SIGNAL);
        Texts broken = new Texts("other 1 hm") {
            @Override
            public About.Declared.Reader reader() {
                return text -> {
                    throw new IllegalArgumentException("no such words");
                };
            }
        };

        AgentRunner second = start(quick().workflows(broken));
        kill(first, connection, second);
        RunHandle other = submit(second, "other");
        second.handle(run.id()).signal("go", "Ada");
        other.signal("go", "Ada");

        assertThat(other.await(String.class, SOON)).isEqualTo("hm Ada!");
        assertThatThrownBy(() -> second.handle(run.id()).await(String.class, SOON))
                .isInstanceOfSatisfying(RunFailedException.class, e -> {
                    assertThat(e.failure().kind()).isEqualTo("definition_unreadable");
                    assertThat(e.failure().message()).contains("no such words");
                });
    }

    @Test
    void a_child_under_way_goes_on_when_its_workflow_has_gone() throws Exception {
        Texts texts = new Texts("greet 1 hello");
        Workflow<String, String> parent = workflow(
                "parent",
                String.class,
                (run, in) -> run.call("child", "greet", in, ResultType.of(String.class), StepOptions.DEFAULT));
        AgentRunner runner = start(quick().workflows(texts), parent);
        RunHandle run = runner.submit(parent, "!");
        RunHandle child = ChildrenContract.child(runner, run);
        awaitWaiting(runner, child, Waiting.SIGNAL);
        awaitWaiting(runner, run, Waiting.CHILD);

        texts.become();
        run.pause("to be taken up again");
        run.resume("now");
        child.signal("go", "Ada");

        assertThat(run.await(String.class, SOON)).isEqualTo("hello Ada!");
    }

    record Order(String item, int count, List<Order> parts, Map<String, Double> prices, Color color) {}

    enum Color {
        RED,
        GREEN
    }

    @Test
    void workflows_tell_what_they_are() throws Exception {
        Texts texts = new Texts("greet 1 hello", "greet 2 goodbye");
        Workflow<Order, String> code = Workflow.named("order", "3")
                .description("Orders things")
                .input(Order.class)
                .output(String.class)
                .body((run, in) -> in.item());
        AgentRunner runner = start(quick().workflows(texts), code);

        assertThat(texts.surroundings.workflows()).containsExactly("order");
        assertThat(runner.workflows())
                .extracting(each -> each.ref() + " " + each.source() + " " + each.versions())
                .containsExactly("greet v1 words [1, 2]", "greet v2 words [1, 2]", "order v3 code [3]");
        WorkflowInfo declared = runner.workflows().get(0);
        assertThat(declared.description()).isEqualTo("says hello");
        assertThat(declared.definition()).isEqualTo("greet 1 hello");
        assertThat(declared.steps()).extracting(OutlineStep::name).containsExactly("wait");
        assertThat(runner.workflows().get(2).inputSchema().tree())
                .isEqualTo(new Json("{\"type\":\"object\",\"properties\":{\"item\":{\"type\":\"string\"},"
                                + "\"count\":{\"type\":\"integer\"},\"parts\":{\"type\":\"array\",\"items\":{}},"
                                + "\"prices\":{\"type\":\"object\"},"
                                + "\"color\":{\"type\":\"string\",\"enum\":[\"RED\",\"GREEN\"]}}}")
                        .tree());
    }
}
