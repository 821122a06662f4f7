/** What went wrong, as problem+json. */
@NullMarked
package dev.agentrunner.http.problem;

import org.jspecify.annotations.NullMarked;
