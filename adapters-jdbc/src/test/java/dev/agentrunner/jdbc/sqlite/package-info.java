/** Tests of what only SQLite has. */
@NullMarked
package dev.agentrunner.jdbc.sqlite;

import org.jspecify.annotations.NullMarked;
