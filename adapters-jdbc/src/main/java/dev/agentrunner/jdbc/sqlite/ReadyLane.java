package dev.agentrunner.jdbc.sqlite;

import dev.agentrunner.spi.model.WorkflowRef;

/**
 * Ready runs that limits treat alike.
 *
 * @param fresh never claimed before
 */
record ReadyLane(WorkflowRef workflow, String queue, boolean fresh) {}
