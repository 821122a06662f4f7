/** Asks language models for a step: finds who is asked, watches over the answer, and records what it cost. */
@NullMarked
package dev.agentrunner.core.llm;

import org.jspecify.annotations.NullMarked;
