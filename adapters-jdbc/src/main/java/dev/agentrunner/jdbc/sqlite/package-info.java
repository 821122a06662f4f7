/** The SQLite side: schema, connections, writer, queue and retention. */
@NullMarked
package dev.agentrunner.jdbc.sqlite;

import org.jspecify.annotations.NullMarked;
