package dev.agentrunner.server.config;

import dev.agentrunner.server.config.Layer.Value;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;

/**
 * Where settings come from. Flags win over the environment, that over the file, that over the launcher's defaults.
 *
 * @param flags by the settings' keys
 * @param environment all of it
 * @param defaults what whoever packages the program finds better than the standard, by the settings' keys
 */
public record Sources(Map<String, String> flags, Map<String, String> environment, Map<String, String> defaults) {

    /** System properties of this beginning are the launcher's defaults. */
    public static final String DEFAULT = "agent-runner.default.";

    /** Variables that begin as the settings' do, and mean something elsewhere. */
    private static final Set<String> FOREIGN =
            Set.of("AGENT_RUNNER_RUN", "AGENT_RUNNER_COMMAND", "AGENT_RUNNER_CASSETTE");

    /** The rest of the name is that of a step, which asks the model that is the value. */
    private static final String MODEL = "AGENT_RUNNER_MODEL_";

    /** The sources of a process. */
    public static Sources of(Map<String, String> flags, Map<String, String> environment, Properties system) {
        Map<String, String> defaults = new HashMap<>();
        for (String name : system.stringPropertyNames()) {
            if (name.startsWith(DEFAULT)) {
                defaults.put(name.substring(DEFAULT.length()), system.getProperty(name));
            }
        }
        return new Sources(flags, environment, defaults);
    }

    /**
     * Reads all of them.
     *
     * @throws ConfigurationException if something is no setting, or makes no sense
     */
    public Configuration read() {
        Map<Setting, Value> values = new EnumMap<>(Setting.class);
        values.putAll(Layer.DEFAULTS.read(defaults));
        Map<Setting, Value> outside = Layer.ENVIRONMENT.read(ours());
        outside.putAll(Layer.FLAGS.read(flags));
        Value config = outside.getOrDefault(Setting.CONFIG, values.get(Setting.CONFIG));
        if (config != null) {
            Path file = Path.of(config.text());
            values.putAll(Layer.file(file).read(contents(file, config.origin())));
        }
        values.putAll(outside);
        return new Configuration(values, environment);
    }

    private Map<String, String> ours() {
        Map<String, String> ours = new TreeMap<>();
        environment.forEach((name, value) -> {
            boolean foreign = FOREIGN.contains(name) || name.startsWith(MODEL);
            if ((name.startsWith(Setting.PREFIX) && !foreign) || name.equals(Setting.OLLAMA_HOST.variable())) {
                ours.put(name, value);
            }
        });
        return ours;
    }

    private static Map<String, String> contents(Path file, String origin) {
        Map<String, String> contents = new TreeMap<>();
        Properties read = new Properties() {
            private static final long serialVersionUID = 1L;

            @Override
            public synchronized Object put(Object key, Object value) {
                if (contents.put(key.toString(), value.toString()) != null) {
                    throw new ConfigurationException(key + " is set twice in " + file + "; keep one of them");
                }
                return value;
            }
        };
        try (Reader text = Files.newBufferedReader(file)) {
            read.load(text);
        } catch (IOException | IllegalArgumentException e) {
            throw new ConfigurationException("The file " + file + ", which " + origin + " names, cannot be read ("
                    + e.getClass().getSimpleName() + ")");
        }
        if (contents.containsKey(Setting.CONFIG.key())) {
            throw new ConfigurationException(file + " names another file with settings; keep all of them in one file");
        }
        return contents;
    }
}
