package dev.agentrunner.yaml.source;

/**
 * How much a file may hold when every alias is replaced by what it stands for, so that a short text does not become an
 * endless value. Mutable.
 */
final class Budget {

    static final int DEPTH = 50;
    static final int VALUES = 100_000;
    static final int CHARACTERS = 4 << 20;

    /** What a value weighs, those in it included. */
    record Weight(int values, int characters) {}

    private int values;
    private int characters;

    void spend(int moreValues, int moreCharacters) {
        // neither can overflow: both are checked before the next is added, and no single one is larger than its limit
        values += moreValues;
        characters += moreCharacters;
    }

    boolean isExceeded() {
        return values > VALUES || characters > CHARACTERS;
    }

    /** What was spent since. */
    Weight since(Weight before) {
        return new Weight(values - before.values(), characters - before.characters());
    }

    Weight spent() {
        return new Weight(values, characters);
    }
}
