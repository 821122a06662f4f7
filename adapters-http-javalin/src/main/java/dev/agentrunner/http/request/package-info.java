/** What is asked and answered: routes, strict bodies and queries, cursors, ranges. */
@NullMarked
package dev.agentrunner.http.request;

import org.jspecify.annotations.NullMarked;
