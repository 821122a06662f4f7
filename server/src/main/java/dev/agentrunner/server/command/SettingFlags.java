package dev.agentrunner.server.command;

import dev.agentrunner.server.config.Setting;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Makes flags of the settings, so that each is written down once. */
final class SettingFlags {

    /** What commands that need a server or a store are usually told; they take the others, too. */
    private static final Set<Setting> CLIENT =
            EnumSet.of(Setting.URL, Setting.KEY, Setting.DATA, Setting.DB_URL, Setting.CONFIG);

    private SettingFlags() {}

    /** Adds those of a command that works with runs, and {@code --json}. */
    static void forClient(CommandSpec command, Session session) {
        addHelp(command);
        add(command, session, CLIENT);
        forJson(command, session);
    }

    /** Adds those of a command that serves. */
    static void forServer(CommandSpec command, Session session) {
        addHelp(command);
        add(command, session, EnumSet.complementOf(EnumSet.of(Setting.URL, Setting.KEY)));
    }

    private static void addHelp(CommandSpec command) {
        command.addOption(OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Show this help")
                .build());
    }

    private static void forJson(CommandSpec command, Session session) {
        command.addOption(OptionSpec.builder("--json")
                .type(boolean.class)
                .setter(new Setter<>(value -> session.json(Boolean.TRUE.equals(value))))
                .description("Answer with JSON, and print nothing else")
                .build());
    }

    private static void add(CommandSpec command, Session session, Set<Setting> shown) {
        for (Setting setting : Setting.values()) {
            String key = setting.flag().substring(2);
            command.addOption(OptionSpec.builder(setting.flag())
                    .type(String.class)
                    .paramLabel(label(setting))
                    .hidden(!shown.contains(setting))
                    .description(about(setting))
                    .setter(new Setter<String>(value -> {
                        if (value != null) {
                            session.flag(key, value);
                        }
                    }))
                    .build());
        }
    }

    private static String label(Setting setting) {
        return setting.kind().secret()
                ? "FILE"
                : setting.key().replaceAll(".*-", "").toUpperCase(Locale.ROOT);
    }

    private static String about(Setting setting) {
        String about = setting.about();
        return (setting.kind().secret() ? "File that holds it and nothing else. " + about : about)
                + " ["
                + setting.variable()
                + (setting.standard().isEmpty() ? "" : "; " + setting.standard())
                + "]";
    }
}
