package dev.agentrunner.yaml.interpret;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.agentrunner.client.RunHandle;
import dev.agentrunner.spi.model.Failure;
import dev.agentrunner.spi.model.Json;
import dev.agentrunner.yaml.TestHost;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesStepTest {

    private static final String ANY = "steps: [ { name: s, write_files: { from: '{{ input.from }}' } } ]\n";

    @TempDir
    Path folder;

    private TestHost host;

    @BeforeEach
    void start() {
        host = new TestHost(folder);
    }

    @AfterEach
    void close() {
        host.close();
    }

    private static String input(String from) {
        return "{\"from\":" + from + "}";
    }

    private static String text(String text) {
        return TextNode.valueOf(text).toString();
    }

    @Test
    void marked_files_objects_and_single_texts_are_written() throws Exception {
        String any = host.workflow(ANY);
        String single = host.workflow("""
                steps:
                  - name: s
                    artifact: kept.md
                    write_files: { from: "{{ input.from }}", path: "out/{{ input.from }}.txt" }
                """);
        RunHandle marked = host.submit(
                any,
                input(text("Here\r\n=== FILE: a/x.txt ===\r\n```\r\none {{ 1 + 1 }}\r\n```\r\n=== END FILE ===\r\n")));
        RunHandle object = host.submit(any, input("{\"b.txt\":\"two\",\"c.json\":{\"n\":1},\"d\":null}"));
        RunHandle one = host.submit(single, input(text("three")));
        host.output(marked);
        host.output(object);

        assertThat(host.output(host.submit(any, input("{}")))).isEqualTo("{\"files\":[]}");

        assertThat(new Json(host.output(one)).tree().at("/files/0/path").textValue())
                .isEqualTo("out/three.txt");
        assertThat(host.workspace(marked).resolve("a/x.txt")).hasContent("one {{ 1 + 1 }}\n");
        assertThat(host.workspace(object).resolve("b.txt")).hasContent("two");
        assertThat(host.workspace(object).resolve("c.json")).hasContent("{\"n\":1}");
        assertThat(host.workspace(object).resolve("d")).isEmptyFile();
        assertThat(host.workspace(one).resolve("out/three.txt")).hasContent("three");
        assertThat(host.artifact(one, "kept.md")).isEqualTo("three");
    }

    @Test
    void all_or_nothing_is_written_and_only_inside() throws Exception {
        String good = "=== FILE: good.txt ===\nx\n=== END FILE ===\n";
        Map<String, String> all = new LinkedHashMap<>();
        all.put(text("no files"), "no_files");
        all.put("null", "no_files");
        all.put("[1]", "no_files");
        all.put(text(good + good), "no_files");
        all.put(text(good + "=== FILE: cut.txt ===\nx"), "no_files");
        for (String path :
                new String[] {"../out.txt", "/tmp/out.txt", "a/../../out.txt", "./a/../b", "link/x", "a\\u0000b"}) {
            all.put("{\"good.txt\":\"x\",\"" + path + "\":\"y\"}", "forbidden_path");
        }
        all.put(text(good + "=== FILE: ../../out.txt ===\ny\n=== END FILE ===\n"), "forbidden_path");
        String w = host.workflow("""
                workspace: { put_back: false }
                steps:
                  - { name: link, shell: { run: [ln, -s, "{{ input.outside }}", link] } }
                  - { name: s, retry: { attempts: 3, backoff: 1ms }, write_files: { from: "{{ input.from }}" } }
                """);
        Path outside = Files.createDirectory(folder.resolve("outside"));

        for (Map.Entry<String, String> each : all.entrySet()) {
            RunHandle run = host.submit(w, "{\"from\":" + each.getKey() + ",\"outside\":\"" + outside + "\"}");
            Failure failure = TestHost.failure(run);
            assertThat(failure.kind())
                    .as(each.getKey() + ": " + failure.message())
                    .isEqualTo(each.getValue());
            assertThat(host.steps(run).get(1)).isEqualTo("s write_files FAILED 1");
            try (Stream<Path> files = Files.list(host.workspace(run))) {
                assertThat(files.map(file -> file.getFileName().toString())).containsExactly("link");
            }
        }
        assertThat(outside).isEmptyDirectory();
    }
}
