/** Group commit: gathers commits, hands them to a database in batches, and tells followers. */
@NullMarked
package dev.agentrunner.jdbc.commit;

import org.jspecify.annotations.NullMarked;
