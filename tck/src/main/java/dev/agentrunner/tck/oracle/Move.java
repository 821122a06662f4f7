package dev.agentrunner.tck.oracle;

import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * An operation with its choices made.
 *
 * @param what for people, in the report of a difference
 * @param call does it to one store and gives a comparable answer
 * @param refused whether an answer is a refusal; of an operation that cannot be refused, whether it found nothing
 * @param learn takes the common answer in
 */
record Move<T>(String what, Function<Lens, T> call, Predicate<T> refused, Consumer<T> learn) {}
