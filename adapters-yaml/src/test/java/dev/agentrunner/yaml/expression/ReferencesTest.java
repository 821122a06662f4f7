package dev.agentrunner.yaml.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an expression reads from the scope. */
class ReferencesTest {

    @ParameterizedTest
    @CsvSource(
            delimiterString = "->",
            quoteCharacter = '~',
            value = {
                "steps.draft.text -> steps/draft/text",
                "steps.draft.text & input.topic -> steps/draft/text input/topic",
                "$$.steps.x -> steps/x",
                "$.steps.x -> steps/x",
                "(steps.x).y -> steps/x",
                "steps.list.items[price > 3].name -> steps/list/items/name",
                "steps.list.items[price > $$.input.least] -> steps/list/items input/least",
                "steps.list[0].text -> steps/list/text",
                "steps.* -> steps",
                "steps.*.text -> steps",
                "steps.\"my name\".v -> steps/my name/v",
                "steps.`my name` -> steps/my name",
                "$lookup(steps, 'x') -> steps",
                "steps.list^(>price).name -> steps/list",
                "steps.list{name: price} -> steps/list",
                "steps.list.(a + b) -> steps/list",
                "steps.list.{'a': a, 'b': $$.input.b} -> steps/list input/b",
                "steps.list@$l.name -> steps/list",
                "steps.list#$i.name -> steps/list",
                "steps.x.%.y -> steps/x",
                "$map(steps.list, function($i) { $i.price * input.rate }) -> steps/list input/rate",
                "($s := steps; $s.draft.text) -> steps",
                "input.a ? input.b : input.c -> input/a input/b input/c",
                "input.a ?: 'x' -> input/a",
                "[input.a, {'k': input.b}] -> input/a input/b",
                "[1..input.n] -> input/n",
                "-input.n -> input/n",
                "claim -> claim",
                "steps.a ~> |b|{'c': d}| -> steps/a",
                "**.price -> ~~",
                "'steps.x' -> ~~",
                "/* steps.x */ 1 -> ~~",
                "$ -> ~~",
                "$contains(steps.a, /steps.b/) -> steps/a",
                "steps.and.or -> steps/and/or"
            })
    void are_the_paths_that_begin_at_the_scope(String expression, String paths) {
        Set<List<String>> expected = Arrays.stream(paths.split(paths.contains("my name") ? "\n" : " "))
                .filter(path -> !path.isEmpty())
                .map(path -> List.of(path.split("/")))
                .collect(Collectors.toSet());

        assertThat(Expression.compile(expression).references()).isEqualTo(expected);
    }
}
