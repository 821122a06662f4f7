/** LangGraph4j does what the others do. */
@NullMarked
package dev.agentrunner.contest.langgraph;

import org.jspecify.annotations.NullMarked;
