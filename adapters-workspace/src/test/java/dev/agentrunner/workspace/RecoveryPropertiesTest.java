package dev.agentrunner.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.client.RunHandle;
import dev.agentrunner.spi.workspace.Workspace;
import dev.agentrunner.workflow.StepContext;
import dev.agentrunner.workflow.Workflow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;

/**
 * Whenever a node dies, the run ends on another one, with a folder of its own, with the files that it would have had
 * without the death.
 */
@Tag("once")
class RecoveryPropertiesTest {

    /** What a step does to the files, one after the other: what is in the way is replaced, what is missing is skipped. */
    private record Change(String path, String text, boolean delete) {

        void apply(StepContext step) {
            if (delete) {
                step.workspace().files().delete(path);
            } else {
                step.workspace().files().write(Map.of(path, text.getBytes(StandardCharsets.UTF_8)));
            }
        }
    }

    @Provide
    Arbitrary<List<List<Change>>> steps() {
        Arbitrary<Change> change = Combinators.combine(
                        Arbitraries.of("a", "b", "d/c", "d/e", "x/y/z"),
                        Arbitraries.strings().ofMaxLength(5),
                        Arbitraries.integers().between(0, 3).map(n -> n == 0))
                .as(Change::new);
        return change.list().ofMaxSize(4).list().ofMinSize(1).ofMaxSize(5);
    }

    /** Stops the first execution for ever at one change, as if its node died there. */
    private record Death(int at, AtomicInteger seen, CountDownLatch reached) {

        static Death at(int change) {
            return new Death(change, new AtomicInteger(), new CountDownLatch(1));
        }

        void mayCome() throws InterruptedException {
            if (seen.getAndIncrement() == at) {
                reached.countDown();
                new CountDownLatch(1).await();
            }
        }
    }

    private static Workflow<String, String> workflow(List<List<Change>> steps, Death death) {
        return Workflow.named("steps", "1")
                .input(String.class)
                .output(String.class)
                .body((run, in) -> {
                    for (List<Change> changes : steps) {
                        run.step("change", step -> {
                            for (Change change : changes) {
                                death.mayCome();
                                change.apply(step);
                            }
                        });
                    }
                    run.step("last", step -> death.mayCome());
                    return snapshot(run.workspace());
                });
    }

    @Property(tries = 25)
    void files_are_what_they_would_be_without_the_death(
            @ForAll("steps") List<List<Change>> steps, @ForAll @IntRange(max = 20) int moment) throws Exception {
        Path folder = Files.createTempDirectory("recovery-");
        int changes = steps.stream().mapToInt(List::size).sum();
        Death death = Death.at(moment % (changes + 1));
        Death never = Death.at(-1);
        try (Nodes nodes = new Nodes();
                Nodes calm = new Nodes()) {
            Nodes.Node first = nodes.start(folder.resolve("first"), workflow(steps, death));
            RunHandle run = first.submit(workflow(steps, death));
            death.reached().await();
            first.kill();
            Nodes.Node second = nodes.start(folder.resolve("second"), workflow(steps, death));
            Nodes.Node whole = calm.start(folder.resolve("calm"), workflow(steps, never));
            RunHandle calmly = whole.submit(workflow(steps, never));

            assertThat(second.handle(run).await(String.class, Nodes.SOON))
                    .isEqualTo(calmly.await(String.class, Nodes.SOON));
        } finally {
            delete(folder);
        }
    }

    private static String snapshot(Workspace workspace) {
        SortedMap<String, String> files = new TreeMap<>();
        for (String path : workspace.files().list("")) {
            files.put(path, new String(workspace.files().read(path), StandardCharsets.UTF_8));
        }
        return files.toString();
    }

    private static void delete(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            for (Path each : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
