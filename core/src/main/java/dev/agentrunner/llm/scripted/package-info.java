/** Answers that are played back instead of made, for tests and for demonstrations without a model. */
@NullMarked
package dev.agentrunner.llm.scripted;

import org.jspecify.annotations.NullMarked;
