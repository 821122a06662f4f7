package dev.agentrunner.workspace.version;

import java.util.List;

/**
 * Patterns as in a {@code .gitignore}: one with a slash before its end counts from the top, others at any depth; one with
 * a slash at its end means directories only; {@code *} is any part of a name and {@code ?} any character of it. Empty
 * patterns and those that begin with {@code #} match nothing. Immutable.
 */
final class Ignore {

    private final List<Rule> rules;

    private Ignore(List<Rule> rules) {
        this.rules = rules;
    }

    private record Rule(String pattern, boolean fromTop, boolean onlyFolders) {

        static Rule of(String text) {
            String pattern = text.strip();
            if (pattern.startsWith("!") || pattern.contains("**")) {
                throw new IllegalArgumentException("The pattern '" + text
                        + "' of ignored files has ! or **, which is not understood; leave it out");
            }
            boolean onlyFolders = pattern.endsWith("/");
            String name = onlyFolders ? pattern.substring(0, pattern.length() - 1) : pattern;
            boolean fromTop = name.indexOf('/') >= 0;
            return new Rule(name.startsWith("/") ? name.substring(1) : name, fromTop, onlyFolders);
        }

        boolean matches(String path, boolean folder) {
            if (onlyFolders && !folder) {
                return false;
            }
            return Glob.matches(pattern, fromTop ? path : path.substring(path.lastIndexOf('/') + 1));
        }
    }

    static Ignore of(List<String> patterns) {
        return new Ignore(patterns.stream()
                .filter(text -> !text.isBlank() && !text.startsWith("#"))
                .map(Rule::of)
                .toList());
    }

    /** Whether an entry is ignored, given that the directories it is in are not. */
    boolean ignores(String path, boolean folder) {
        return rules.stream().anyMatch(rule -> rule.matches(path, folder));
    }
}
