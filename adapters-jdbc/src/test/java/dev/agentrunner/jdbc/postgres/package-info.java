/** Tests of the PostgreSQL store against a real server. */
@NullMarked
package dev.agentrunner.jdbc.postgres;

import org.jspecify.annotations.NullMarked;
