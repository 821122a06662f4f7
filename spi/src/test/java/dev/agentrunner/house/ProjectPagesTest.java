package dev.agentrunner.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What holds for the project as a whole. */
class ProjectPagesTest {

    @Test
    void at_most_two_tasks_are_under_way_and_each_says_its_goal_and_when_it_is_done() throws IOException {
        assertThat(complaints(Files.readString(Path.of("..", "TASKS.md")))).isEmpty();
    }

    @Test
    void a_page_that_breaks_the_rule_is_noticed() {
        String item = "### A\nGoal: x\nDoD: y\n";

        assertThat(complaints("## Now\n" + item + item + "## Next\n")).isEmpty();
        assertThat(complaints("## Now\n" + item + item + item + "## Next\n")).containsExactly("3 items under Now");
        assertThat(complaints("## Now\n### A\nGoal: x\n## Next\n")).containsExactly("A has no DoD:");
        assertThat(complaints("## Now\n### A\nDoD: x\n## Next\n### B\n")).containsExactly("A has no Goal:");
        assertThat(complaints("## Later\n")).containsExactly("no section Now");
    }

    private static List<String> complaints(String page) {
        List<String> complaints = new ArrayList<>();
        int begin = page.indexOf("## Now\n");
        if (begin < 0) {
            return List.of("no section Now");
        }
        int end = page.indexOf("\n## ", begin + 1);
        String now = end < 0 ? page.substring(begin) : page.substring(begin, end);
        String[] items = now.split("\n### ", -1);
        if (items.length > 3) {
            complaints.add(items.length - 1 + " items under Now");
        }
        for (int i = 1; i < items.length; i++) {
            String title = items[i].lines().findFirst().orElse("");
            for (String part : List.of("Goal:", "DoD:")) {
                if (!items[i].contains("\n" + part)) {
                    complaints.add(title + " has no " + part);
                }
            }
        }
        return complaints;
    }
}
