/** Bytes of artifacts and of large results, addressed by their content. */
@NullMarked
package dev.agentrunner.spi.artifact;

import org.jspecify.annotations.NullMarked;
