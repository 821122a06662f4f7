package dev.agentrunner.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.llm.ModelSettings;
import dev.agentrunner.memory.InMemoryStore;
import dev.agentrunner.spi.llm.ModelProvider;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PullsTest {

    @Test
    void a_pull_is_under_way_once_however_often_it_is_asked_for_and_the_list_says_how_far_it_is() throws Exception {
        Fetching fetching = new Fetching("store", true);
        try (TestServer server = serving(fetching)) {
            ApiClient client = server.client();
            assertThat(client.post("/providers/store/pull", "{\"model\":\"large\"}")
                            .status())
                    .isEqualTo(202);
            assertThat(fetching.begun.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(client.post("/providers/store/pull", "{\"model\":\"large\"}")
                            .status())
                    .isEqualTo(202);

            Reply providers = client.get("/providers");
            assertThat(providers.at("/items/0/pulls/0/model")).isEqualTo("large");
            assertThat(providers.at("/items/0/pulls/0/completed_bytes")).isEqualTo("1");
            assertThat(providers.at("/items/0/pulls/0/total_bytes")).isEqualTo("4");
            assertThat(fetching.pulls).hasValue(1);
            fetching.go.countDown();
        }
    }

    @Test
    void what_cannot_be_pulled_is_refused_with_the_reason() {
        try (TestServer server = serving(new Fetching("bare", false))) {
            ApiClient client = server.client();
            assertThat(client.post("/providers/nobody/pull", "{\"model\":\"x\"}")
                            .status())
                    .isEqualTo(404);
            assertThat(client.post("/providers/bare/pull", "{\"model\":\"x\"}").status())
                    .isEqualTo(501);
            assertThat(client.post("/providers/bare/pull", "{}").status()).isEqualTo(422);
            assertThat(client.post("/providers/bare/pull", "{\"model\":7}").status())
                    .isEqualTo(422);
        }
    }

    private static TestServer serving(ModelProvider provider) {
        return TestServer.open(
                new InMemoryStore(),
                HttpOptions.DEFAULT,
                builder -> builder.models(ModelSettings.DEFAULT.provider(provider)));
    }
}
