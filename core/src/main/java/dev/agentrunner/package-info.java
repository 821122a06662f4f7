/** Start here: {@link dev.agentrunner.AgentRunner} puts the parts together. */
@NullMarked
package dev.agentrunner;

import org.jspecify.annotations.NullMarked;
