/** Values of workflows as JSON, in the log or, when large, in the artifact store. */
@NullMarked
package dev.agentrunner.core.codec;

import org.jspecify.annotations.NullMarked;
