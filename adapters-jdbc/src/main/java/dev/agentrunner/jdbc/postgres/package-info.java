/** The PostgreSQL store: set-based writes under row locks, a queue over many nodes, hints by LISTEN and NOTIFY. */
@NullMarked
package dev.agentrunner.jdbc.postgres;

import org.jspecify.annotations.NullMarked;
