package dev.agentrunner.workspace.command;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** The variables that a program sees. */
final class Surroundings {

    /** Of the run: processes of all its commands have it. */
    private static final String RUN = "AGENT_RUNNER_RUN";
    /** Of one command. */
    private static final String COMMAND = "AGENT_RUNNER_COMMAND";

    private static final String USUAL_PATH = "/usr/local/bin:/usr/bin:/bin";

    private Surroundings() {}

    static String runMarker(String run) {
        return RUN + "=" + run;
    }

    static String commandMarker(String id) {
        return COMMAND + "=" + id;
    }

    /** Where programs are looked for. */
    static String path(Map<String, String> own) {
        return own.getOrDefault("PATH", Objects.requireNonNullElse(System.getenv("PATH"), USUAL_PATH));
    }

    /** @param id of the command, used by no other */
    static Map<String, String> of(String run, String id, Path home, Path temporary, Map<String, String> own) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("PATH", path(own));
        variables.put("HOME", home.toString());
        variables.put("LANG", "C.UTF-8");
        variables.put("TMPDIR", temporary.toString());
        variables.putAll(own);
        variables.put(RUN, run);
        variables.put(COMMAND, id);
        return variables;
    }
}
