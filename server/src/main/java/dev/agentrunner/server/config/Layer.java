package dev.agentrunner.server.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * One of the places that settings come from.
 *
 * @param place for people, such as {@code the environment}
 * @param spelling how a setting is called there
 * @param toFile what is added to a secret's name to name a file instead
 */
record Layer(String place, Function<Setting, String> spelling, String toFile) {

    static final Layer ENVIRONMENT = new Layer("the environment", Setting::variable, "_FILE");
    static final Layer DEFAULTS = new Layer("the launcher's defaults", Setting::key, "-file");
    static final Layer FLAGS = new Layer("the command line", Setting::key, "-file");

    static Layer file(Path file) {
        return new Layer(file.toString(), Setting::key, "-file");
    }

    /** A setting's value, and where it comes from, for people. */
    record Value(String text, String origin) {}

    /**
     * What was given there; empty values count as not given.
     *
     * @throws ConfigurationException if something is no setting, or makes no sense
     */
    Map<Setting, Value> read(Map<String, String> given) {
        Map<String, String> left = new TreeMap<>(given);
        Map<Setting, Value> values = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            value(setting, left).ifPresent(value -> values.put(setting, value));
        }
        if (!left.isEmpty()) {
            String unknown = left.keySet().iterator().next();
            throw new ConfigurationException(unknown + " in " + place + " is no setting" + suggestion(unknown)
                    + "; 'agent-runner serve --help' lists them");
        }
        return values;
    }

    private Optional<Value> value(Setting setting, Map<String, String> left) {
        String name = spelling.apply(setting);
        String text = left.getOrDefault(name, "").strip();
        left.remove(name);
        String origin = name + " in " + place;
        if (setting.kind().secret()) {
            String file = left.getOrDefault(name + toFile, "").strip();
            left.remove(name + toFile);
            if (!file.isEmpty()) {
                if (!text.isEmpty()) {
                    throw new ConfigurationException(
                            "Both " + name + " and " + name + toFile + " are set in " + place + "; keep one of them");
                }
                origin = name + toFile + " in " + place;
                text = contents(file, origin);
            }
        }
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (!setting.kind().fits().test(text)) {
            throw new ConfigurationException(
                    origin + " is '" + text + "', but must be " + setting.kind().about());
        }
        return Optional.of(new Value(text, origin));
    }

    private static String contents(String file, String origin) {
        try {
            String text = Files.readString(Path.of(file)).strip();
            if (text.isEmpty()) {
                throw new ConfigurationException(file + ", which " + origin + " names, is empty");
            }
            return text;
        } catch (IOException e) {
            throw new ConfigurationException(file + ", which " + origin + " names, cannot be read ("
                    + e.getClass().getSimpleName() + ")");
        }
    }

    private String suggestion(String unknown) {
        TreeSet<String> names = new TreeSet<>();
        for (Setting setting : Setting.values()) {
            names.add(spelling.apply(setting));
            if (setting.kind().secret()) {
                names.add(spelling.apply(setting) + toFile);
            }
        }
        return Nearest.to(unknown, names)
                .map(name -> "; did you mean " + name + "?")
                .orElse("");
    }
}
