package dev.agentrunner.examples.demo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

/**
 * What the demo was asked for.
 *
 * @param directory to take stock of
 * @param data where the store and the artifacts live
 * @param crash whether to kill it in the middle
 * @param key which run: a second process with the same key goes on with it; empty for a new one
 */
public record Arguments(Path directory, Path data, boolean crash, String key) {

    static final String USAGE = "usage: agent-runner demo [--crash] [--data DIR] [DIRECTORY]";

    /**
     * Reads the command line.
     *
     * @throws IllegalArgumentException with a message for people
     */
    static Arguments parse(List<String> args) {
        Arguments all = new Arguments(Path.of("."), Path.of("data"), false, "");
        for (Iterator<String> each = args.iterator(); each.hasNext(); ) {
            String arg = each.next();
            switch (arg) {
                case "--crash" -> all = new Arguments(all.directory, all.data, true, all.key);
                case "--data" -> all = new Arguments(all.directory, Path.of(value(arg, each)), all.crash, all.key);
                case "--key" -> all = new Arguments(all.directory, all.data, all.crash, value(arg, each));
                default -> {
                    if (arg.startsWith("-")) {
                        throw new IllegalArgumentException("Unknown option " + arg + "\n" + USAGE);
                    }
                    all = new Arguments(Path.of(arg), all.data, all.crash, all.key);
                }
            }
        }
        if (!Files.isDirectory(all.directory)) {
            throw new IllegalArgumentException("There is no directory " + all.directory + "\n" + USAGE);
        }
        return all;
    }

    private static String value(String option, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new IllegalArgumentException(option + " needs a value\n" + USAGE);
        }
        return rest.next();
    }
}
