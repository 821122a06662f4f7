package dev.agentrunner.server.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentrunner.http.access.KeyText;
import dev.agentrunner.server.client.NotFoundException;
import dev.agentrunner.server.terminal.Cell;
import dev.agentrunner.server.terminal.Table;
import dev.agentrunner.spi.access.AccessKey;
import dev.agentrunner.spi.access.Role;
import dev.agentrunner.spi.store.Store;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code keys create}, {@code keys list} and {@code keys revoke}. */
@Command(
        name = "keys",
        description = "Gives out and revokes API keys. Works on the store itself, also before a server is started.")
final class KeysCommand implements Runnable {

    private final Session session;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    KeysCommand(Session session) {
        this.session = session;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do: create, list or revoke");
    }

    @Command(name = "create", description = "Makes a key, and prints it this once.")
    int create(
            @Option(names = "--role", required = true, description = "What it is good for: ${COMPLETION-CANDIDATES}")
                    Role role,
            @Option(names = "--name", defaultValue = "unnamed", description = "Of whom it is given to") String name) {
        KeyText text = KeyText.random(new SecureRandom());
        AccessKey key =
                new AccessKey(text.id(), name, role, InstantSource.system().instant(), null);
        try (Store store = session.store()) {
            store.keys().add(key, text.sha256());
        }
        int code = Answers.answer(session, document(key).put("key", text.text()), text.text());
        if (!session.json()) {
            session.terminal().note("Keep it: it is not shown again. It is " + key.id() + " for 'keys revoke'.");
        }
        return code;
    }

    @Command(name = "list", description = "Lists keys, without their secrets.")
    int list() {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        all.putArray("items");
        Shows shows = new Shows(session.zone());
        Table table = Table.of("id", "role", "created", "revoked", "name");
        try (Store store = session.store()) {
            for (AccessKey key : store.keys().list()) {
                ObjectNode document = document(key);
                all.withArray("items").add(document);
                table.row(
                        Cell.of(key.id()),
                        Cell.of(document.path("role").asText()),
                        Cell.of(shows.time(document.path("created_at"))),
                        Cell.of(shows.time(document.path("revoked_at"))),
                        Cell.of(key.name()));
            }
        }
        if (session.json()) {
            session.terminal().json(all);
        } else {
            session.terminal().table(table);
        }
        return ExitCode.OK.number();
    }

    @Command(name = "revoke", description = "Makes a key worthless, within ten seconds everywhere.")
    int revoke(@Parameters(paramLabel = "ID", description = "Of the key, as 'keys list' shows it") String id) {
        try (Store store = session.store()) {
            store.keys().revoke(id, InstantSource.system().instant());
            AccessKey key = store.keys()
                    .find(id)
                    .orElseThrow(() ->
                            new NotFoundException("There is no key '" + id + "'; 'agent-runner keys list' lists them"))
                    .key();
            return Answers.answer(session, document(key), "Key " + id + " is revoked");
        }
    }

    private static ObjectNode document(AccessKey key) {
        ObjectNode document = JsonNodeFactory.instance
                .objectNode()
                .put("id", key.id())
                .put("name", key.name())
                .put("role", key.role().name().toLowerCase(Locale.ROOT))
                .put("created_at", key.createdAt().toString());
        return key.revokedAt() == null
                ? document
                : document.put("revoked_at", key.revokedAt().toString());
    }
}
