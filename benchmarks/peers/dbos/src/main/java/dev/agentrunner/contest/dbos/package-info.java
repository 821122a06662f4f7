/** DBOS Transact does what the others do. */
@NullMarked
package dev.agentrunner.contest.dbos;

import org.jspecify.annotations.NullMarked;
