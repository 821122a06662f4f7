package dev.agentrunner.core.execution;

import dev.agentrunner.core.state.Birth;
import dev.agentrunner.spi.llm.ChatRequest;
import dev.agentrunner.spi.model.ArtifactId;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.RunSpec;
import dev.agentrunner.spi.workspace.Workspace;
import dev.agentrunner.workflow.Answer;
import dev.agentrunner.workflow.ApprovalRequest;
import dev.agentrunner.workflow.Cancellation;
import dev.agentrunner.workflow.GenerateOptions;
import dev.agentrunner.workflow.Notes.Level;
import dev.agentrunner.workflow.Reply;
import dev.agentrunner.workflow.ResultType;
import dev.agentrunner.workflow.RunContext;
import dev.agentrunner.workflow.StepOptions;
import dev.agentrunner.workflow.Workflow;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The context of one branch: hands each call to the part that can do it. Belongs to one thread at a time. */
final class Frame implements RunContext {

    private final Execution execution;
    private final Scope scope;
    private final Birth birth;
    private final StepCalls steps;
    private final WaitCalls waits;
    private final ChildCalls children;
    private final GenerateCalls generations;
    private final BranchCalls branches;
    private final RandomGenerator random;

    Frame(Execution execution, Scope scope, Birth birth) {
        this.execution = execution;
        this.scope = scope;
        this.birth = birth;
        this.steps = new StepCalls(execution, scope);
        this.waits = new WaitCalls(execution, scope);
        this.children = new ChildCalls(execution, scope, birth.terms().depth());
        this.generations = new GenerateCalls(execution, steps, birth.terms());
        this.branches = new BranchCalls(this);
        this.random = new java.util.SplittableRandom(birth.seed() ^ scope.path().hashCode() * 0x9E3779B97F4A7C15L);
    }

    Frame branch(String path) {
        return new Frame(execution, scope.branch(path), birth);
    }

    Execution execution() {
        return execution;
    }

    Scope scope() {
        return scope;
    }

    @Override
    public RunId id() {
        return execution.run();
    }

    @Override
    public RunSpec spec() {
        return birth.spec();
    }

    @Override
    public Map<String, String> models() {
        return birth.terms().models();
    }

    @Override
    public Cancellation cancellation() {
        return execution.token();
    }

    @Override
    public <T> T step(String name, ResultType<T> type, StepOptions options, StepBody<T> body) {
        return steps.step(name, options.kind(), type, options, body);
    }

    @Override
    public void skip(String name, String kind, String reason) {
        steps.skip(name, kind, reason);
    }

    @Override
    public <I, O> O call(String name, Workflow<I, O> workflow, I input) {
        return children.call(name, workflow, input);
    }

    @Override
    public <O> O call(String name, String workflow, Object input, ResultType<O> output, StepOptions options) {
        return children.call(name, workflow, input, output, options);
    }

    @Override
    public Workspace workspace() {
        return execution.patiently(() -> execution.workspace().look());
    }

    @Override
    public Reply generate(String name, ChatRequest request, GenerateOptions options) {
        return generations.generate(name, request, options);
    }

    @Override
    public Instant now() {
        return steps.inline(
                "now",
                "now",
                ResultType.of(Instant.class),
                () -> execution.kit().clock().instant());
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    @Override
    public void sleep(String name, Duration duration) {
        waits.sleep(name, duration);
    }

    @Override
    public @Nullable Answer approval(String name, ApprovalRequest request) {
        return waits.approval(name, request);
    }

    @Override
    public <T> T await(String signal, ResultType<T> type, Duration timeout) {
        return waits.await(signal, type, timeout);
    }

    @Override
    public <T> T await(String signal, ResultType<T> type) {
        return waits.await(signal, type, null);
    }

    @Override
    public <T> List<T> parallel(String name, ResultType<T> type, List<Branch<T>> all) {
        return branches.parallel(name, type, all);
    }

    @Override
    public <I, T> List<T> map(String name, ResultType<T> type, List<I> items, int concurrency, ItemBody<I, T> body) {
        return branches.map(name, type, items, concurrency, body);
    }

    @Override
    public void log(Level level, String message) {
        scope.tell(Telling.log(null, level, execution.secrets().redact(message)));
    }

    @Override
    public void emit(String type, Object payload) {
        scope.tell(Telling.custom(null, type, payload, execution.kit().values().codec()));
    }

    @Override
    public ArtifactId artifact(String name, String kind, String mediaType, InputStream bytes) {
        ArtifactCalls artifacts = new ArtifactCalls(execution);
        String id = steps.artifact(step -> artifacts.keepOrPutAside(step, name, kind, mediaType, bytes));
        return ArtifactId.parse(id);
    }
}
