/** Tests of what is not seen from outside. */
@NullMarked
package dev.agentrunner.workspace.files;

import org.jspecify.annotations.NullMarked;
