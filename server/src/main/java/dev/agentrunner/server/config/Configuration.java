package dev.agentrunner.server.config;

import dev.agentrunner.server.config.Layer.Value;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What all settings are. Immutable. */
public final class Configuration {

    /** What is shown in place of a secret. */
    static final String REDACTED = "[redacted]";

    /** Passwords in addresses: {@code user:password@}, and parameters of such names. */
    private static final Pattern IN_ADDRESS =
            Pattern.compile("(?<=//)[^/@]*:[^/@]*(?=@)|(?<=(?i:password|secret|token|key)=)[^&;\\s]+");

    private static final int SHORTEST_SECRET = 6;

    private static final Pattern SECRET = Pattern.compile("(?s).*_(?:KEY|TOKEN|SECRET|PASSWORD)");

    private final Map<Setting, Value> values = new EnumMap<>(Setting.class);
    private final Map<String, String> environment;

    Configuration(Map<Setting, Value> given, Map<String, String> environment) {
        for (Setting setting : Setting.values()) {
            values.put(setting, given.getOrDefault(setting, new Value(setting.standard(), "")));
        }
        this.environment = Map.copyOf(environment);
    }

    /** As it was given; empty if it was not and there is no standard. */
    public String text(Setting setting) {
        return value(setting).text();
    }

    public Optional<String> given(Setting setting) {
        return Optional.of(text(setting)).filter(text -> !text.isEmpty());
    }

    public Path path(Setting setting) {
        return Path.of(text(setting));
    }

    public int number(Setting setting) {
        return Integer.parseInt(text(setting));
    }

    public Duration duration(Setting setting) {
        return Kind.duration(text(setting));
    }

    public List<String> names(Setting setting) {
        return Arrays.stream(text(setting).split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    /** Where it was given, for people; empty for the standard. */
    public String origin(Setting setting) {
        return value(setting).origin();
    }

    /** The value for people, without secrets. */
    public String shown(Setting setting) {
        String text = text(setting);
        return setting.kind().secret() && !text.isEmpty()
                ? REDACTED
                : IN_ADDRESS.matcher(text).replaceAll(REDACTED);
    }

    /** All of them as a file would say them, without secrets. */
    public String shown() {
        StringBuilder all = new StringBuilder();
        for (Setting setting : Setting.values()) {
            if (setting != Setting.CONFIG) {
                String origin = origin(setting);
                all.append(origin.isEmpty() ? "" : "# " + origin + "\n")
                        .append(setting.key())
                        .append(" = ")
                        .append(shown(setting))
                        .append('\n');
            }
        }
        return all.toString();
    }

    /** The environment that the process was started in. */
    public Map<String, String> environment() {
        return environment;
    }

    /**
     * Values that must never be stored or shown.
     *
     * @throws ConfigurationException if one that is named is missing, or so short that it would be found everywhere
     */
    public Set<String> secrets() {
        Set<String> secrets = new TreeSet<>();
        for (Setting setting : Setting.values()) {
            if (setting.kind().secret()) {
                secrets.add(text(setting));
            }
        }
        environment.forEach((name, value) -> {
            if (SECRET.matcher(name).matches()) {
                secrets.add(value.strip());
            }
        });
        secrets.removeIf(value -> value.length() < SHORTEST_SECRET);
        for (String name : names(Setting.SECRETS)) {
            String value = environment.getOrDefault(name, "").strip();
            if (value.length() < SHORTEST_SECRET) {
                throw new ConfigurationException(
                        "The variable " + name + ", which " + origin(Setting.SECRETS) + " names, has fewer than "
                                + SHORTEST_SECRET + " characters; a secret that short would be found everywhere");
            }
            secrets.add(value);
        }
        return secrets;
    }

    private Value value(Setting setting) {
        return values.getOrDefault(setting, new Value("", ""));
    }
}
