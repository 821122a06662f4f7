package dev.agentrunner.interleaving;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Runs a scene once for every order in which its threads can take their steps, and checks each time how it ended.
 *
 * <p>Only one thread runs at a time. At a step (taking a lock, waiting for a condition, or {@link Stage#step()}) it is
 * decided which one goes on; all decisions are tried, depth first, so that a failure names an order that happens again.
 * This says nothing about memory that is shared without a lock: what lies between two steps is taken to be atomic.
 */
public final class Interleavings {

    private final int preemptions;
    private final int falseWakes;

    private Interleavings(int preemptions, int falseWakes) {
        this.preemptions = preemptions;
        this.falseWakes = falseWakes;
    }

    /** All orders. */
    public static Interleavings all() {
        return new Interleavings(Integer.MAX_VALUE, 0);
    }

    /** Only those in which a thread that could go on is interrupted so many times at most. */
    public Interleavings preemptions(int atMost) {
        return new Interleavings(atMost, falseWakes);
    }

    /** So many times in each order, a condition may be left without a signal. */
    public Interleavings falseWakes(int atMost) {
        return new Interleavings(preemptions, atMost);
    }

    /**
     * @param scene makes new objects and the tasks on them; returns what is to be checked at the end
     * @return how many orders there were
     * @throws AssertionError if in one of them a task or the check failed, or nobody could go on
     */
    public int of(Function<Stage, Runnable> scene) {
        List<Decision> decisions = new ArrayList<>();
        int orders = 0;
        do {
            Stage stage = new Stage(decisions, preemptions, falseWakes);
            Runnable check = scene.apply(stage);
            orders++;
            try {
                stage.play();
                check.run();
            } catch (RuntimeException | Error e) {
                throw new AssertionError("Order " + orders + " failed: " + stage.story(), e);
            }
        } while (next(decisions));
        return orders;
    }

    private static boolean next(List<Decision> decisions) {
        while (!decisions.isEmpty()) {
            Decision last = decisions.remove(decisions.size() - 1);
            if (last.taken() + 1 < last.options()) {
                decisions.add(new Decision(last.taken() + 1, last.options()));
                return true;
            }
        }
        return false;
    }

    record Decision(int taken, int options) {}
}
