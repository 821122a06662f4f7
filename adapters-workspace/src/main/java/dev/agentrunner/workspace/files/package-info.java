/** Access to the files of a workspace that never leaves it. */
@NullMarked
package dev.agentrunner.workspace.files;

import org.jspecify.annotations.NullMarked;
