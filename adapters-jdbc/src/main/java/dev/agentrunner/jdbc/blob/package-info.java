/** Artifact bytes in tables. */
@NullMarked
package dev.agentrunner.jdbc.blob;

import org.jspecify.annotations.NullMarked;
