package dev.agentrunner.yaml.expression;

/** A text that a regular expression can look at for as long as the evaluation may take. */
final class WatchedText implements CharSequence {

    private static final int READS_PER_TICK = 1024;

    private final String text;
    private final Meter meter;
    private int reads;

    WatchedText(String text, Meter meter) {
        this.text = text;
        this.meter = meter;
    }

    @Override
    public char charAt(int index) {
        if (++reads % READS_PER_TICK == 0) {
            meter.tick();
        }
        return text.charAt(index);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.substring(start, end);
    }

    @Override
    public String toString() {
        return text;
    }
}
