/** A real PostgreSQL server for tests, examples and benchmarks. */
@NullMarked
package dev.agentrunner.jdbc.postgres.embedded;

import org.jspecify.annotations.NullMarked;
