/** Executes what a workflow file says, on the workflow API. */
@NullMarked
package dev.agentrunner.yaml.interpret;

import org.jspecify.annotations.NullMarked;
