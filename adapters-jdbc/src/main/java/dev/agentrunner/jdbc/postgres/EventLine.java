package dev.agentrunner.jdbc.postgres;

import dev.agentrunner.spi.model.NewEvent;
import dev.agentrunner.spi.model.RunId;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An event with its place. */
record EventLine(RunId run, long seq, NewEvent event) {

    /** What the statements that append events unnest. */
    static List<@Nullable Object> columns(Script script, List<EventLine> lines) throws SQLException {
        List<@Nullable Object> columns = new ArrayList<>();
        columns.add(script.column("uuid", lines, line -> line.run().value()));
        columns.add(script.column("int8", lines, EventLine::seq));
        columns.add(script.column("text", lines, line -> line.event().type().name()));
        columns.add(script.column("text", lines, line -> {
            var step = line.event().step();
            return step == null ? null : step.value();
        }));
        columns.add(script.column("text", lines, line -> line.event().payload().text()));
        columns.add(script.column("text", lines, line -> line.event().actor().value()));
        return columns;
    }
}
