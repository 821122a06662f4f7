/** What a workspace holds at a moment, and how it gets back there. */
@NullMarked
package dev.agentrunner.workspace.version;

import org.jspecify.annotations.NullMarked;
