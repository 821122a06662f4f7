package dev.agentrunner.jdbc.postgres;

import java.util.function.BooleanSupplier;

/** True after it was asked so often: a wait that gives up quietly. */
final class Countdown implements BooleanSupplier {

    private int left;

    Countdown(int questions) {
        this.left = questions;
    }

    @Override
    public boolean getAsBoolean() {
        return left-- <= 0;
    }
}
