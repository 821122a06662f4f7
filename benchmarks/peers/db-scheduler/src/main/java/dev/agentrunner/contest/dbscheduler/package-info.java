/** db-scheduler does what the others do. */
@NullMarked
package dev.agentrunner.contest.dbscheduler;

import org.jspecify.annotations.NullMarked;
