package dev.agentrunner.yaml.interpret;

import java.util.Map;

/**
 * What workflows see of the machine that executes them. Immutable.
 *
 * @param env variables that expressions may read, by name
 * @param models which model a step asks, by the step's name in capitals with {@code _} for what is no letter or digit
 */
public record Host(Map<String, String> env, Map<String, String> models) {

    public Host {
        env = Map.copyOf(env);
        models = Map.copyOf(models);
    }
}
