/** What each call does. */
@NullMarked
package dev.agentrunner.http.calls;

import org.jspecify.annotations.NullMarked;
