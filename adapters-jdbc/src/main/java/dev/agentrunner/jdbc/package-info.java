/** Entry points: the store in a SQLite file and the store in a PostgreSQL database. */
@NullMarked
package dev.agentrunner.jdbc;

import org.jspecify.annotations.NullMarked;
