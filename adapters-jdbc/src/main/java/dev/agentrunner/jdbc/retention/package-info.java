/** Purges finished runs in SQL that both databases understand. */
@NullMarked
package dev.agentrunner.jdbc.retention;

import org.jspecify.annotations.NullMarked;
