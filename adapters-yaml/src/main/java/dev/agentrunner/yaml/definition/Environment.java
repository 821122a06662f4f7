package dev.agentrunner.yaml.definition;

import java.util.Optional;
import java.util.Set;

/** What a file may refer to outside of itself. */
public interface Environment {

    /** Names of the model providers that the host has; empty if that cannot be told, and any may be there. */
    Optional<Set<String>> providers();

    /** Whether the operator lets expressions read this environment variable. */
    boolean allowsEnv(String name);
}
