package dev.agentrunner.server.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentrunner.server.config.Configuration;
import dev.agentrunner.server.logging.Logging;
import dev.agentrunner.server.terminal.Cell;
import dev.agentrunner.server.terminal.Table;
import dev.agentrunner.server.wiring.Finding;
import dev.agentrunner.server.wiring.Inspection;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code doctor}. */
@Command(
        name = "doctor",
        description = "Checks Java, the data folder, the store, the workflow files and Ollama, and says what to do.")
final class DoctorCommand implements Callable<Integer> {

    private final Session session;

    DoctorCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Configuration configuration = session.configuration();
        // What it would log is the answer.
        Logging.configure("off", Logging.Format.TEXT, List.of());
        List<Finding> findings = new Inspection(configuration, session.extensions()).run();
        if (session.json()) {
            ObjectNode all = JsonNodeFactory.instance.objectNode();
            all.putArray("items");
            findings.forEach(finding -> all.withArray("items")
                    .addObject()
                    .put("check", finding.check())
                    .put("status", finding.status().word())
                    .put("detail", finding.detail()));
            session.terminal().json(all);
        } else {
            Table table = Table.of("check", "status", "what was found");
            findings.forEach(finding -> table.row(
                    Cell.of(finding.check()), Cell.status(finding.status().word()), Cell.of(finding.detail())));
            session.terminal().table(table);
        }
        boolean failed = findings.stream().anyMatch(finding -> finding.status() == Finding.Status.FAILED);
        return (failed ? ExitCode.ERROR : ExitCode.OK).number();
    }
}
