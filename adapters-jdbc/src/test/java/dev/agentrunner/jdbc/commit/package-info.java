/** Tests of group commit. */
@NullMarked
package dev.agentrunner.jdbc.commit;

import org.jspecify.annotations.NullMarked;
