package dev.agentrunner.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.AgentRunner;
import dev.agentrunner.memory.InMemoryStore;
import io.javalin.Javalin;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

class MountTest {

    @Test
    void an_application_keeps_its_own_paths_and_has_the_api_below_a_prefix() throws Exception {
        AgentRunner runner = AgentRunner.builder()
                .store(new InMemoryStore())
                .workflow(Offered.all().get(0))
                .build();
        try (runner;
                HttpApi api = HttpApi.of(runner, HttpOptions.DEFAULT.prefix("/agents"))) {
            Javalin application = Javalin.create(config -> {
                        config.startup.showJavalinBanner = false;
                        config.http.maxRequestSize = 10;
                        config.routes.get("/hello", context -> context.result("hello"));
                        config.routes.exception(Exception.class, (e, context) -> context.result("the host's own"));
                        api.mount(config);
                    })
                    .start("127.0.0.1", 0);
            try {
                String base = "http://127.0.0.1:" + application.port();
                HttpResponse<String> made = send(
                        "POST", base + "/agents/runs", "{\"workflow\": \"echo\", \"input\": \"more than ten bytes\"}");

                assertThat(made.statusCode()).isEqualTo(201);
                String location = made.headers().firstValue("Location").orElseThrow();
                assertThat(location).startsWith("/agents/runs/");
                assertThat(send("GET", base + location, "").statusCode()).isEqualTo(200);
                assertThat(send("GET", base + "/agents/nope", "").body()).contains("\"code\":\"not_found\"");
                assertThat(send("PUT", base + "/agents/runs", "").body()).contains("method_not_allowed");
                assertThat(send("GET", base + "/agents/openapi.json", "").body())
                        .contains("\"servers\":[{\"url\":\"/agents\"}]");
                for (String path : new String[] {"/agents", "/agents/", "/agents/ui"}) {
                    assertThat(send("GET", base + path, "").headers().firstValue("Location"))
                            .as(path)
                            .contains("/agents/ui/");
                }
                assertThat(send("GET", base + "/agents/ui/", "").statusCode()).isEqualTo(200);
                assertThat(send("GET", base + "/hello", "").body()).isEqualTo("hello");
                assertThat(send("GET", base + "/runs", "").statusCode()).isEqualTo(404);
            } finally {
                application.stop();
            }
        }
    }

    private static HttpResponse<String> send(String method, String uri, String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(uri))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    }
}
