package dev.agentrunner.yaml.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.agentrunner.yaml.problem.Problem;
import dev.agentrunner.yaml.problem.WorkflowFileException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RefusedFilesTest {

    static List<Refused> refused() {
        return Refused.all();
    }

    @ParameterizedTest
    @MethodSource("refused")
    void every_mistake_is_told_where_it_is(Refused refused) {
        WorkflowFileException failure =
                catchThrowableOfType(WorkflowFileException.class, () -> Files.read(refused.clean()));

        assertThat(failure).as(refused.toString()).isNotNull();
        assertThat(failure.problems())
                .anySatisfy(problem -> assertThat(problem.toString())
                        .startsWith("file.yaml:" + refused.line() + ":" + refused.column() + ": ")
                        .contains(refused.says()));
    }

    @Test
    void all_mistakes_are_told_at_once_in_the_order_of_the_file() {
        String text = "name: W\nversion: 1\nsteps:\n  - name: s\n    slep: 1s\nouput: 1\n";

        WorkflowFileException failure = catchThrowableOfType(WorkflowFileException.class, () -> Files.read(text));

        assertThat(failure.problems()).extracting(Problem::line).containsExactly(1, 2, 4, 5, 6);
        assertThat(failure)
                .hasMessageStartingWith("The workflow file file.yaml is not used")
                .hasMessageContaining("\nfile.yaml:6:1: unknown key 'ouput'");
    }

    @Test
    void more_expressions_than_anybody_writes_are_not_even_compiled() {
        String text = Files.step("shell: { run: [" + "'{{ input.a }} {{ input.b }}', ".repeat(600) + "] }");

        WorkflowFileException failure = catchThrowableOfType(WorkflowFileException.class, () -> Files.read(text));

        assertThat(failure.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).startsWith("a file has at most 1000 expressions"));
    }

    @Test
    void of_a_thousand_mistakes_a_hundred_are_told() {
        StringBuilder text = new StringBuilder("name: w\nversion: '1'\nsteps: [{ name: s, sleep: 1s }]\n");
        for (int i = 0; i < 1000; i++) {
            text.append("x").append(i).append(": 1\n");
        }

        WorkflowFileException failure =
                catchThrowableOfType(WorkflowFileException.class, () -> Files.read(text.toString()));

        assertThat(failure.problems()).hasSize(100);
    }
}
