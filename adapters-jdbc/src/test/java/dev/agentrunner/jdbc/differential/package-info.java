/** All stores must be indistinguishable. */
@NullMarked
package dev.agentrunner.jdbc.differential;

import org.jspecify.annotations.NullMarked;
