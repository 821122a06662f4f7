/** Tests of what is not seen from outside. */
@NullMarked
package dev.agentrunner.workspace.version;

import org.jspecify.annotations.NullMarked;
