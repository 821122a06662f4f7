/** What a workflow is written with. Nothing here assumes a particular engine. */
@NullMarked
package dev.agentrunner.workflow;

import org.jspecify.annotations.NullMarked;
