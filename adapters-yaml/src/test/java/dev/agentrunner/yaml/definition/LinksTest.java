package dev.agentrunner.yaml.definition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.yaml.problem.Problem;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LinksTest {

    private final Map<String, Definition> files = new TreeMap<>();

    @Test
    void a_workflow_that_nobody_has_is_told_where_it_is_run() {
        file("a.yaml", "a", "1", "inventry", "elsewhere");
        file("b.yaml", "inventory", "1");

        assertThat(problems("elsewhere"))
                .isEqualTo(Map.of(
                        "a.yaml",
                        List.of(new Problem(
                                "a.yaml", 4, 34, "no workflow is called 'inventry'; did you mean 'inventory'?"))));
    }

    @Test
    void every_workflow_of_a_circle_is_told_which_one_it_is() {
        file("a.yaml", "a", "1", "b");
        file("b.yaml", "b", "1", "leaf", "c");
        file("c.yaml", "c", "1", "a");
        file("d.yaml", "d", "1", "a");
        file("leaf.yaml", "leaf", "1");

        Map<String, List<Problem>> problems = problems();

        assertThat(problems.keySet()).containsExactly("a.yaml", "b.yaml", "c.yaml");
        assertThat(problems.get("b.yaml"))
                .containsExactly(new Problem(
                        "b.yaml", 5, 34, "this workflow would run itself: b → c → a → b; take one of these runs out"));
    }

    @Test
    void a_workflow_that_runs_itself_is_a_circle_also_deep_inside() {
        Definition self = Files.read(
                Files.step(
                        "foreach: { items: [] }\nsteps:\n  - name: p\n    parallel: { l: [{ name: r, run: { workflow: w } }] }"));

        assertThat(Links.check(Map.of("w.yaml", self), Set.of()).get("w.yaml"))
                .extracting(Problem::toString)
                .containsExactly("w.yaml:8:53: this workflow would run itself: w → w; take one of these runs out");
    }

    @Test
    void where_a_name_has_several_versions_a_circle_cannot_be_seen() {
        file("a1.yaml", "a", "1", "b");
        file("a2.yaml", "a", "2");
        file("b.yaml", "b", "1", "a");

        assertThat(problems()).isEmpty();
    }

    @Test
    void many_files_are_looked_at_quickly() {
        for (int i = 0; i < 300; i++) {
            file(i + ".yaml", "w" + i, "1", "w" + (i + 1) % 300, "w" + (i + 7) % 300);
        }

        assertThat(problems()).hasSize(300);
    }

    private Map<String, List<Problem>> problems(String... elsewhere) {
        return Links.check(files, Set.of(elsewhere));
    }

    private void file(String file, String name, String version, String... runs) {
        StringBuilder text = new StringBuilder("name: " + name + "\nversion: '" + version + "'\nsteps:\n");
        int n = 0;
        for (String run : runs) {
            text.append("  - { name: s")
                    .append(n++)
                    .append(", run: { workflow: ")
                    .append(run)
                    .append(" } }\n");
        }
        files.put(file, Files.read(n == 0 ? text + "  - { name: s, sleep: 1s }" : text.toString()));
    }
}
