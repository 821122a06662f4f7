/** One small program per feature. */
@NullMarked
package dev.agentrunner.examples.feature;

import org.jspecify.annotations.NullMarked;
