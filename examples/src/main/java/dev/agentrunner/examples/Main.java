package dev.agentrunner.examples;

import dev.agentrunner.examples.demo.Demo;
import java.util.List;
import java.util.Map;

/** The command line of the examples. */
public final class Main {

    private static final String USAGE = """
            usage: agent-runner demo [--crash] [--data DIR] [--workflow NAME]
                   agent-runner demo --workflow inventory-v1 [--crash] [--data DIR] [DIRECTORY]
                   agent-runner example [NAME]

            demo       runs a workflow and shows what happens
              --workflow  quarkus-bootstrap-v1 (default): models plan and write a Quarkus project, Maven tests it;
                          inventory-v1: takes stock of a directory (default: this one)
              --crash     kills the process in the middle, starts another one, and lets it go on
              --data      where the SQLite file, the artifacts and the workspaces live (default: ./data)
            example    runs one of the feature examples, or lists them""";

    private Main() {}

    /** Exits with 0 if all went well, 1 if a run failed, 2 if the arguments make no sense. */
    public static void main(String[] args) throws Exception {
        System.exit(run(List.of(args)));
    }

    static int run(List<String> args) throws Exception {
        String command = args.isEmpty() ? "" : args.get(0);
        return switch (command) {
            case "demo" -> Demo.main(args.subList(1, args.size()), System.out, System.err);
            case "example" -> example(args.subList(1, args.size()));
            case "-h", "--help", "help" -> {
                System.out.println(USAGE);
                yield 0;
            }
            default -> {
                System.err.println(USAGE);
                yield 2;
            }
        };
    }

    private static int example(List<String> args) throws Exception {
        Map<String, Example> examples = Example.all();
        if (args.isEmpty()) {
            examples.forEach((name, example) -> System.out.printf("%-14s %s%n", name, example.about()));
            return 0;
        }
        Example example = examples.get(args.get(0));
        if (example == null) {
            System.err.println("There is no example '" + args.get(0) + "'; there are " + examples.keySet());
            return 2;
        }
        example.run(System.out);
        return 0;
    }
}
