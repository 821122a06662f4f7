package dev.agentrunner.examples;

import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code example}. */
@Command(
        name = "example",
        mixinStandardHelpOptions = true,
        description = "Runs one of the feature examples, or lists them.")
final class ExampleCommand implements Callable<Integer> {

    private static final int NO_SUCH_EXAMPLE = 5;

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "Which one")
    private @Nullable String name;

    @Override
    public Integer call() throws Exception {
        Map<String, Example> examples = Example.all();
        if (name == null) {
            examples.forEach((each, example) -> System.out.printf("%-14s %s%n", each, example.about()));
            return 0;
        }
        Example example = examples.get(name);
        if (example == null) {
            System.err.println("There is no example '" + name + "'; there are " + examples.keySet());
            return NO_SUCH_EXAMPLE;
        }
        example.run(System.out);
        return 0;
    }
}
