package dev.agentrunner.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.jdbc.SqliteStore;
import dev.agentrunner.memory.InMemoryStore;
import dev.agentrunner.spi.access.Role;
import dev.agentrunner.tck.fault.KeptStore;
import dev.agentrunner.tck.fixture.ManualClock;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whoever has the cookie is signed in, until it is signed out; nothing else makes one. */
class SessionsTest {

    private final ManualClock clock = ManualClock.standing();

    @TempDir
    Path folder;

    private static ApiClient with(TestServer server, String cookie) {
        ApiClient client = server.client();
        return client.with("Cookie", cookie).with("Origin", client.base().toString());
    }

    private static void isSignedIn(ApiClient client) {
        assertThat(client.get("/session").status()).isEqualTo(200);
    }

    private static void isRefused(ApiClient client) {
        assertThat(client.get("/session").status()).isEqualTo(401);
    }

    @Test
    void a_cookie_made_of_what_the_store_keeps_is_refused() throws GeneralSecurityException {
        try (TestServer server = TestServer.withKeys(new InMemoryStore(), clock)) {
            String cookie = server.client().signIn(server.key("admin", Role.ADMIN));
            String session = TestServer.sha256(cookie.substring("ar_session=".length()));
            String key =
                    server.runner.store().keys().find("admin").orElseThrow().sha256();
            assertThat(server.runner.store().sessions().find(session)).isPresent();

            for (String sum : List.of(session, key)) {
                byte[] bytes = HexFormat.of().parseHex(sum);
                for (String forged : List.of(
                        sum,
                        sum.substring(0, 43),
                        Base64.getUrlEncoder().withoutPadding().encodeToString(bytes),
                        "admin." + sum,
                        signed(sum.getBytes(StandardCharsets.US_ASCII)),
                        signed(bytes))) {
                    isRefused(with(server, "ar_session=" + forged));
                }
            }
            isSignedIn(with(server, cookie));
        }
    }

    /** A cookie that states who it is for and until when, signed with what the store keeps. */
    private String signed(byte[] sum) throws GeneralSecurityException {
        long end = clock.instant().plus(Duration.ofHours(1)).toEpochMilli();
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(sum, "HmacSHA256"));
        byte[] signature = mac.doFinal(("session\nadmin\n" + end).getBytes(StandardCharsets.US_ASCII));
        return "admin." + end + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
    }

    @Test
    void signing_out_ends_a_copied_cookie_and_no_other_session() {
        try (TestServer server = TestServer.withKeys(new InMemoryStore(), clock)) {
            String key = server.key("viewer", Role.VIEWER);
            ApiClient owner = with(server, server.client().signIn(key));
            ApiClient thief = with(server, owner.headers().get("Cookie"));
            ApiClient elsewhere = with(server, server.client().signIn(key));
            List.of(owner, thief, elsewhere).forEach(SessionsTest::isSignedIn);

            Reply out = owner.delete("/session");

            assertThat(out.status()).isEqualTo(204);
            assertThat(out.header("Set-Cookie")).contains("ar_session=;", "Max-Age=0");
            isRefused(thief);
            isRefused(owner);
            clock.advance(Duration.ofMinutes(1));
            isRefused(thief);
            isSignedIn(elsewhere);
        }
    }

    @Test
    void other_nodes_take_the_cookie_and_hear_within_ten_seconds_that_it_was_signed_out() {
        KeptStore store = new KeptStore(new InMemoryStore());
        try (TestServer one = TestServer.withKeys(store, clock);
                TestServer other = TestServer.withKeys(store, clock)) {
            String cookie = one.client().signIn(one.key("viewer", Role.VIEWER));
            isSignedIn(with(other, cookie));

            with(one, cookie).delete("/session");

            isRefused(with(one, cookie));
            clock.advance(Duration.ofSeconds(10));
            isRefused(with(other, cookie));
        }
    }

    @Test
    void a_session_outlives_the_server_and_only_its_sum_is_on_the_disk() throws IOException {
        Path file = folder.resolve("runs.db");
        String cookie;
        try (TestServer server = TestServer.withKeys(SqliteStore.at(file), clock)) {
            cookie = server.client().signIn(server.key("operator", Role.OPERATOR));
        }
        String token = cookie.substring("ar_session=".length());
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                .contains(TestServer.sha256(token))
                .doesNotContain(token);

        try (TestServer server = TestServer.withKeys(SqliteStore.at(file), clock)) {
            assertThat(with(server, cookie).get("/session").at("/principal")).isEqualTo("operator");
            with(server, cookie).delete("/session");
        }
        try (TestServer server = TestServer.withKeys(SqliteStore.at(file), clock)) {
            isRefused(with(server, cookie));
        }
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD, unit = TimeUnit.SECONDS)
    void streams_end_when_their_session_is_signed_out() throws IOException, InterruptedException {
        try (TestServer server = TestServer.withKeys(new InMemoryStore(), clock)) {
            String cookie = server.client().signIn(server.key("viewer", Role.VIEWER));
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create(server.client().base() + "/events/stream"))
                    .header("Cookie", cookie)
                    .build();
            HttpResponse<InputStream> stream = HttpClient.newHttpClient().send(request, BodyHandlers.ofInputStream());
            assertThat(stream.statusCode()).isEqualTo(200);

            with(server, cookie).delete("/session");

            assertThat(stream.body().readAllBytes()).isNotNull();
        }
    }
}
