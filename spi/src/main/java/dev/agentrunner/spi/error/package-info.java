/** The one exception root and the failures that every port may report. */
@NullMarked
package dev.agentrunner.spi.error;

import org.jspecify.annotations.NullMarked;
