package dev.agentrunner.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.agentrunner.files.FileArtifactStore;
import dev.agentrunner.memory.InMemoryStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArtifactsTest {

    private static final String TEXT = "0123456789";

    private final TestServer server = TestServer.open();
    private final ApiClient client = server.client();

    @AfterAll
    void stop() {
        server.close();
    }

    /** Makes an artifact; gives its path. */
    private String make(String name, String mediaType, String text) {
        String input = JsonNodeFactory.instance
                .objectNode()
                .put("name", name)
                .put("media_type", mediaType)
                .put("text", text)
                .toString();
        String run = client.submit("making", input);
        server.end(run);
        Reply list = client.get("/runs/" + run + "/artifacts");
        assertThat(list.json().path("items")).hasSize(1);
        return "/runs/" + run + "/artifacts/" + list.at("/items/0/id");
    }

    @Test
    void an_artifact_is_described_and_downloaded() {
        String artifact = make("notes.txt", "text/plain", TEXT);

        Reply described = client.get(artifact);
        Reply bytes = client.get(artifact + "/download");

        assertThat(described.at("/name")).isEqualTo("notes.txt");
        assertThat(described.at("/step_id")).isEqualTo("make");
        assertThat(described.at("/uri")).isEqualTo(artifact + "/download");
        assertThat(bytes.text()).isEqualTo(TEXT);
        assertThat(bytes.header("ETag")).isEqualTo('"' + described.at("/sha256") + '"');
        assertThat(bytes.header("Content-Type")).isEqualToIgnoringWhitespace("text/plain;charset=utf-8");
        assertThat(bytes.header("Content-Disposition")).startsWith("inline; filename=\"notes.txt\"");
        assertThat(bytes.header("Accept-Ranges")).isEqualTo("bytes");
        assertThat(bytes.header("Content-Security-Policy")).isEqualTo("default-src 'none'; sandbox");
        assertThat(client.with("If-None-Match", bytes.header("ETag"))
                        .get(artifact + "/download")
                        .status())
                .isEqualTo(304);
        assertThat(client.with("If-None-Match", "\"x\", " + bytes.header("ETag"))
                        .get(artifact + "/download")
                        .status())
                .isEqualTo(304);
        assertThat(client.with("If-None-Match", described.header("ETag"))
                        .get(artifact)
                        .status())
                .isEqualTo(304);
        Reply head = client.head(artifact + "/download");
        assertThat(head.header("Content-Length")).isEqualTo("10");
    }

    @Test
    void one_range_is_given_and_nonsense_gives_everything() {
        String download = make("a.txt", "text/plain", TEXT) + "/download";

        assertRange(download, "bytes=2-4", "234", "bytes 2-4/10");
        assertRange(download, "bytes=7-", "789", "bytes 7-9/10");
        assertRange(download, "bytes=-3", "789", "bytes 7-9/10");
        assertRange(download, "bytes=-99", TEXT, "bytes 0-9/10");
        assertRange(download, "bytes=0-999999999999999999", TEXT, "bytes 0-9/10");
        for (String all : List.of(
                "bytes=0-1,3-4",
                "bytes=0-5,2-8",
                "bytes=5-2",
                "bytes=-",
                "bytes=x-y",
                "lines=1-2",
                "bytes 1-2",
                "bytes=0-99999999999999999999")) {
            Reply reply = client.with("Range", all).get(download);
            assertThat(reply.status()).as(all).isEqualTo(200);
            assertThat(reply.text()).as(all).isEqualTo(TEXT);
        }
        for (String outside : List.of("bytes=10-", "bytes=10-12", "bytes=-0")) {
            Reply reply = client.with("Range", outside).get(download);
            assertThat(reply.status()).as(outside).isEqualTo(416);
            assertThat(reply.header("Content-Range")).isEqualTo("bytes */10");
        }
    }

    private void assertRange(String download, String range, String text, String contentRange) {
        Reply reply = client.with("Range", range).get(download);
        assertThat(reply.status()).as(range).isEqualTo(206);
        assertThat(reply.text()).as(range).isEqualTo(text);
        assertThat(reply.header("Content-Range")).as(range).isEqualTo(contentRange);
    }

    @Test
    void a_range_of_something_else_gives_everything() {
        String download = make("a.txt", "text/plain", TEXT) + "/download";
        ApiClient ranged = client.with("Range", "bytes=0-1");
        String tag = client.get(download).header("ETag");

        assertThat(ranged.with("If-Range", tag).get(download).status()).isEqualTo(206);
        assertThat(ranged.with("If-Range", "\"other\"").get(download).status()).isEqualTo(200);
    }

    @Test
    void an_empty_artifact_is_empty() {
        String download = make("empty", "text/plain", "") + "/download";

        assertThat(client.get(download).bytes()).isEmpty();
        assertThat(client.with("Range", "bytes=0-").get(download).status()).isEqualTo(416);
    }

    @Test
    void what_a_browser_could_run_is_an_attachment() {
        for (String type : List.of(
                "text/html",
                "image/svg+xml",
                "application/xhtml+xml",
                "text/xml",
                "application/pdf",
                "text/javascript",
                "TEXT/HTML; charset=utf-8",
                "",
                "x",
                "text/html\r\nX-Evil: 1")) {
            Reply reply = client.get(make("a.html", type, "<script>alert(1)</script>") + "/download");
            assertThat(reply.header("Content-Disposition")).as(type).startsWith("attachment;");
            assertThat(reply.header("X-Evil")).as(type).isEmpty();
        }
    }

    @Test
    void a_hostile_name_stays_in_its_header() {
        for (String name : List.of(
                "a\r\nSet-Cookie: x=1",
                "a\"; filename=\"b.exe",
                "../../etc/passwd",
                "..\\..\\boot.ini",
                "\u202egpj.exe",
                "caf\u00e9 \ud83d\ude00.txt",
                "\u0007",
                " ",
                "x".repeat(5_000),
                "%22%0d%0a")) {
            Reply reply = client.get(make(name, "text/plain", TEXT) + "/download");
            String header = reply.header("Content-Disposition");
            assertThat(reply.header("Set-Cookie")).as(name).isEmpty();
            assertThat(header)
                    .as(name)
                    .matches("inline; filename=\"[ -~&&[^\"\\\\]]+\"; filename\\*=UTF-8''[A-Za-z0-9!#$&+.^_`|~%-]+")
                    .hasSizeLessThan(1_000)
                    .doesNotContain("/", "\\");
        }
        assertThat(client.get(make("caf\u00e9.txt", "text/plain", "") + "/download")
                        .header("Content-Disposition"))
                .isEqualTo("inline; filename=\"caf_.txt\"; filename*=UTF-8''caf%C3%A9.txt");
    }

    @Test
    void bytes_that_are_lost_or_changed_are_said_to_be(@TempDir Path folder) throws IOException {
        try (TestServer keeping = TestServer.open(
                new InMemoryStore(), HttpOptions.DEFAULT, builder -> builder.artifacts(FileArtifactStore.at(folder)))) {
            ApiClient all = keeping.client();
            String run = all.submit("making", "{\"name\": \"a.txt\", \"text\": \"0123456789\"}");
            keeping.end(run);
            String id = all.get("/runs/" + run + "/artifacts").at("/items/0/id");
            String download = "/runs/" + run + "/artifacts/" + id + "/download";
            Path file;
            try (Stream<Path> files = Files.walk(folder)) {
                file = files.filter(each -> each.toFile().length() == 10 && Files.isRegularFile(each))
                        .findFirst()
                        .orElseThrow();
            }
            assertThat(all.get(download).text()).isEqualTo(TEXT);

            file.toFile().setWritable(true);
            Files.writeString(file, "9876543210");
            assertThat(all.get(download).code()).isEqualTo("artifact_lost");
            Files.delete(file);
            assertThat(all.get(download).code()).isEqualTo("artifact_lost");
            assertThat(all.head(download).status()).isEqualTo(404);
        }
    }

    @Test
    void artifacts_are_found_in_their_run_only() {
        String artifact = make("a.txt", "text/plain", TEXT);
        String other = client.submit("echo", "1");
        String id = artifact.substring(artifact.lastIndexOf('/') + 1);

        assertThat(client.get("/runs/" + other + "/artifacts/" + id).code()).isEqualTo("unknown_artifact");
        assertThat(client.get("/runs/" + other + "/artifacts/" + id + "/download")
                        .status())
                .isEqualTo(404);
        assertThat(client.get("/runs/" + other + "/artifacts/x/download").status())
                .isEqualTo(404);
        assertThat(client.get("/runs/" + other + "/artifacts").json().path("items"))
                .isEmpty();
    }
}
