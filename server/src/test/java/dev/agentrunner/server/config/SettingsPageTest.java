package dev.agentrunner.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SettingsPageTest {

    private static final Path PAGE = Path.of("..", "docs", "server-settings.md");

    /** On failure: put the expected table into the page. */
    @Test
    void the_page_has_the_table_of_the_code() throws Exception {
        assertThat(Files.readString(PAGE)).contains(table());
    }

    private static String table() {
        StringBuilder table =
                new StringBuilder("| variable | flag, or key in the file | default | what |\n|---|---|---|---|\n");
        for (Setting setting : Setting.values()) {
            String key = setting.flag().equals("--" + setting.key()) ? "" : ", `" + setting.key() + "`";
            table.append("| `")
                    .append(setting.variable())
                    .append(setting.kind().secret() ? "`, `" + setting.variable() + "_FILE" : "")
                    .append("` | `")
                    .append(setting.flag())
                    .append('`')
                    .append(key)
                    .append(" | ")
                    .append(setting.standard().isEmpty() ? "" : "`" + setting.standard() + "`")
                    .append(" | ")
                    .append(setting.about())
                    .append(" |\n");
        }
        return table.toString();
    }
}
