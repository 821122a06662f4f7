/** How a runner becomes part of an application: by hand, and by containers that wire objects. Documented in docs/embedding.md. */
@NullMarked
package dev.agentrunner.examples.embedding;

import org.jspecify.annotations.NullMarked;
