package dev.agentrunner.yaml;

import dev.agentrunner.workflow.About.Declared;
import dev.agentrunner.workflow.Workflow;
import dev.agentrunner.workflow.WorkflowSource;
import dev.agentrunner.yaml.folder.Folder;
import dev.agentrunner.yaml.folder.Shelf;
import dev.agentrunner.yaml.problem.Problem;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder of workflow files: those in it that end with {@code .yaml}, {@code .yml} or {@code .json}, up to 1 MiB each. It
 * is looked at every second. A file that cannot be used is reported in the log and by {@link #problems}, and what it was
 * before stays in use; the other files are not touched by it. Thread-safe.
 */
public final class YamlWorkflows implements WorkflowSource {

    private static final Logger LOG = LoggerFactory.getLogger(YamlWorkflows.class);
    private static final String MODEL = "AGENT_RUNNER_MODEL_";

    private final Path folder;
    private final Set<String> readable = new TreeSet<>(); // guarded by this
    private final Map<String, String> environment = new HashMap<>(); // guarded by this
    private Duration every = Duration.ofSeconds(1); // guarded by this
    private @Nullable Shelf shelf; // guarded by this
    private @Nullable Watch watch; // guarded by this

    private YamlWorkflows(Path folder) {
        this.folder = folder;
        System.getenv().forEach(environment::put);
    }

    /** The workflows in this folder, as it is and as it becomes. A folder that does not exist is empty. */
    public static YamlWorkflows in(Path folder) {
        return new YamlWorkflows(folder);
    }

    /** Lets expressions read these variables of the environment, as {@code env.NAME}. By default they may read none. */
    public synchronized YamlWorkflows allowEnv(Set<String> names) {
        readable.addAll(names);
        return this;
    }

    /**
     * What is the environment, instead of that of the process: variables that expressions may read, and {@code
     * AGENT_RUNNER_MODEL_<STEP>}, which names the model that steps of that name ask.
     */
    public synchronized YamlWorkflows environment(Map<String, String> variables) {
        environment.clear();
        environment.putAll(variables);
        return this;
    }

    /** How often the folder is looked at. */
    public synchronized YamlWorkflows every(Duration pause) {
        every = pause;
        return this;
    }

    /** What is wrong with files in the folder, by place; empty if nothing is, or nobody has looked yet. */
    public synchronized List<Problem> problems() {
        return shelf == null ? List.of() : shelf.problems();
    }

    @Override
    public synchronized void start(WorkflowSource.Surroundings surroundings, Consumer<List<Workflow<?, ?>>> changed) {
        Compiler compiler = compiler();
        Shelf files = new Shelf(compiler.strict(surroundings.providers()), surroundings.workflows());
        Folder place = new Folder(folder, InstantSource.system());
        Runnable look = () -> look(place, files, compiler, changed);
        shelf = files;
        look.run();
        if (watch == null) {
            watch = new Watch(look, every);
        }
    }

    private synchronized void look(
            Folder place, Shelf files, Compiler compiler, Consumer<List<Workflow<?, ?>>> changed) {
        if (files.take(place.look())) {
            files.news().forEach(problem -> LOG.error("{}", problem));
            List<Workflow<?, ?>> all = files.definitions().stream()
                    .<Workflow<?, ?>>map(compiler::workflow)
                    .toList();
            LOG.info("{} workflows from {}", all.size(), folder);
            changed.accept(all);
        }
    }

    private Compiler compiler() {
        Map<String, String> env = new HashMap<>(environment);
        env.keySet().retainAll(readable);
        Map<String, String> models = new HashMap<>();
        environment.forEach((name, model) -> {
            if (name.startsWith(MODEL) && !model.isBlank()) {
                models.put(name.substring(MODEL.length()), model.strip());
            }
        });
        return new Compiler(readable, env, models);
    }

    @Override
    public synchronized Declared.Reader reader() {
        return compiler().reader();
    }

    @Override
    public String format() {
        return Compiler.FORMAT;
    }

    @Override
    public void close() {
        Watch ended;
        synchronized (this) {
            ended = watch;
            watch = null;
        }
        if (ended != null) {
            ended.close();
        }
    }
}
