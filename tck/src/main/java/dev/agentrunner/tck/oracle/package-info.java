/** Random operations on several stores at once, whose answers must all be equal. */
@NullMarked
package dev.agentrunner.tck.oracle;

import org.jspecify.annotations.NullMarked;
