/** What a workflow file says, checked. */
@NullMarked
package dev.agentrunner.yaml.definition;

import org.jspecify.annotations.NullMarked;
