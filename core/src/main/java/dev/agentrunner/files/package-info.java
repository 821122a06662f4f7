/** Artifacts in a folder, addressed by their content. */
@NullMarked
package dev.agentrunner.files;

import org.jspecify.annotations.NullMarked;
