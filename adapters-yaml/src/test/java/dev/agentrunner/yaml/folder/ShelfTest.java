package dev.agentrunner.yaml.folder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.yaml.definition.DefinitionReader;
import dev.agentrunner.yaml.definition.Files;
import dev.agentrunner.yaml.folder.Folder.Found;
import dev.agentrunner.yaml.problem.Problem;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ShelfTest {

    private final Shelf shelf = new Shelf(new DefinitionReader(Files.HOST), Set.of("in-code"));
    private final Map<String, Found> files = new TreeMap<>();

    @Test
    void what_is_good_is_in_use_and_nothing_is_new_when_nothing_changed() {
        file("a.yaml", workflow("a", "1", "sleep: 1s"));

        assertThat(take()).isTrue();
        assertThat(take()).isFalse();
        assertThat(inUse()).containsExactly("a 1 a.yaml");
        assertThat(shelf.problems()).isEmpty();
    }

    @Test
    void a_broken_file_stays_what_it_was_and_the_others_change() {
        file("a.yaml", workflow("a", "1", "sleep: 1s"));
        file("b.yaml", workflow("b", "1", "sleep: 1s"));
        take();
        String before = text("a");

        file("a.yaml", "name: a\nversion: '1'\nsteps:\n  - name: s\n    slep: 2s\n");
        file("b.yaml", workflow("b", "2", "sleep: 1s"));
        take();

        assertThat(text("a")).isEqualTo(before);
        assertThat(inUse()).containsExactly("a 1 a.yaml", "b 2 b.yaml");
        assertThat(told()).contains("a.yaml:5:5: unknown key 'slep' in a step; did you mean 'sleep'?");
    }

    @Test
    void a_problem_is_news_once_and_no_problem_once_it_is_mended() {
        file("a.yaml", "nonsense");
        take();
        assertThat(shelf.news()).isNotEmpty();

        file("b.yaml", workflow("b", "1", "sleep: 1s"));
        take();
        assertThat(shelf.news()).isEmpty();
        assertThat(shelf.problems()).isNotEmpty();

        file("a.yaml", workflow("a", "1", "sleep: 1s"));
        take();
        assertThat(shelf.problems()).isEmpty();
        assertThat(inUse()).containsExactly("a 1 a.yaml", "b 1 b.yaml");
    }

    @Test
    void a_file_that_cannot_be_read_stays_what_it_was() {
        file("a.yaml", workflow("a", "1", "sleep: 1s"));
        take();
        files.put("a.yaml", new Found(null, "is no UTF-8"));
        take();

        assertThat(inUse()).containsExactly("a 1 a.yaml");
        assertThat(told()).containsExactly("a.yaml:1:1: the file is no UTF-8");
    }

    @Test
    void a_file_that_goes_takes_its_workflow_and_its_problems_with_it() {
        file("a.yaml", workflow("a", "1", "sleep: 1s"));
        file("b.yaml", "nonsense");
        take();
        files.clear();
        take();

        assertThat(inUse()).isEmpty();
        assertThat(shelf.problems()).isEmpty();
    }

    @Test
    void of_two_files_with_one_workflow_the_one_that_had_it_first_keeps_it() {
        file("m.yaml", workflow("w", "1", "sleep: 1s"));
        take();
        file("a.yaml", workflow("w", "1", "sleep: 2s"));
        file("m.yaml", workflow("w", "1", "sleep: 3s"));
        file("z.yaml", workflow("w", "1", "sleep: 4s"));
        take();

        assertThat(inUse()).containsExactly("w 1 m.yaml");
        assertThat(text("w")).contains("sleep: 3s");
        assertThat(told()).hasSize(2).allSatisfy(each -> assertThat(each).contains("is in m.yaml already"));

        files.remove("m.yaml");
        take();
        assertThat(inUse()).containsExactly("w 1 a.yaml");
        assertThat(told()).singleElement().asString().startsWith("z.yaml:1:1: ").contains("is in a.yaml already");
    }

    @Test
    void two_files_may_change_places() {
        file("a.yaml", workflow("one", "1", "sleep: 1s"));
        file("b.yaml", workflow("two", "1", "sleep: 1s"));
        take();
        file("a.yaml", workflow("two", "1", "sleep: 1s"));
        file("b.yaml", workflow("one", "1", "sleep: 1s"));
        take();

        assertThat(inUse()).containsExactly("one 1 b.yaml", "two 1 a.yaml");
        assertThat(shelf.problems()).isEmpty();
    }

    @Test
    void a_change_that_runs_what_nobody_has_is_not_taken() {
        file("a.yaml", workflow("a", "1", "run: { workflow: in-code }"));
        take();
        assertThat(shelf.problems()).isEmpty();
        file("a.yaml", workflow("a", "1", "run: { workflow: in-cod }"));
        take();

        assertThat(text("a")).contains("in-code");
        assertThat(told()).singleElement().asString().startsWith("a.yaml:5:").contains("did you mean 'in-code'?");
    }

    @Test
    void a_circle_over_two_files_is_refused_and_what_each_was_stays() {
        file("a.yaml", workflow("a", "1", "run: { workflow: b }"));
        file("b.yaml", workflow("b", "1", "sleep: 1s"));
        take();
        file("b.yaml", workflow("b", "1", "run: { workflow: a }"));
        take();

        assertThat(text("b")).contains("sleep");
        assertThat(inUse()).containsExactly("a 1 a.yaml", "b 1 b.yaml");
        assertThat(told()).singleElement().asString().startsWith("b.yaml:5:").contains("would run itself: b → a → b");
    }

    @Test
    void a_workflow_goes_with_the_one_that_it_runs_and_comes_back_with_it() {
        file("a.yaml", workflow("a", "1", "run: { workflow: b }"));
        file("b.yaml", workflow("b", "1", "sleep: 1s"));
        take();
        Found gone = files.remove("b.yaml");
        take();
        assertThat(inUse()).isEmpty();
        assertThat(told()).singleElement().asString().contains("no workflow is called 'b'");

        files.put("b.yaml", gone);
        take();
        assertThat(inUse()).containsExactly("a 1 a.yaml", "b 1 b.yaml");
        assertThat(told()).isEmpty();
    }

    @Test
    void the_newest_version_is_last() {
        for (String version : List.of("1.10", "1.9", "1", "2.0-beta", "2.0", "v3", "1.9.1", "10", "01.9")) {
            file("w" + version + ".yaml", workflow("w", version, "sleep: 1s"));
        }
        take();

        assertThat(shelf.definitions())
                .extracting(each -> each.heading().version())
                .containsExactly("1", "01.9", "1.9", "1.9.1", "1.10", "2.0", "2.0-beta", "10", "v3");
    }

    private static String workflow(String name, String version, String action) {
        return "name: " + name + "\nversion: '" + version + "'\nsteps:\n  - name: s\n    " + action + "\n";
    }

    private void file(String name, String text) {
        files.put(name, new Found(text, null));
    }

    private boolean take() {
        return shelf.take(new TreeMap<>(files));
    }

    /** Name, version and file. */
    private List<String> inUse() {
        return shelf.definitions().stream()
                .map(each -> each.heading().name() + " " + each.heading().version() + " " + fileOf(each.text()))
                .toList();
    }

    private String fileOf(String text) {
        return files.entrySet().stream()
                .filter(each -> text.equals(each.getValue().text()))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseGet(
                        () -> firstNamed(text.lines().findFirst().orElseThrow().substring("name: ".length())));
    }

    private static String firstNamed(String workflow) {
        return workflow + ".yaml";
    }

    private String text(String workflow) {
        return shelf.definitions().stream()
                .filter(each -> each.heading().name().equals(workflow))
                .findFirst()
                .orElseThrow()
                .text();
    }

    private List<String> told() {
        return shelf.problems().stream().map(Problem::toString).toList();
    }
}
