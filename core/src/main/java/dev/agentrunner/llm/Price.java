package dev.agentrunner.llm;

import dev.agentrunner.spi.llm.Usage;
import java.math.BigDecimal;

/** US dollars for a million tokens. */
public record Price(BigDecimal perMillionIn, BigDecimal perMillionOut) {

    public static final Price FREE = new Price(BigDecimal.ZERO, BigDecimal.ZERO);

    public static Price of(String perMillionIn, String perMillionOut) {
        return new Price(new BigDecimal(perMillionIn), new BigDecimal(perMillionOut));
    }

    /** What so many tokens cost, exactly. */
    public BigDecimal of(Usage usage) {
        return perMillionIn
                .multiply(BigDecimal.valueOf(usage.inputTokens()))
                .add(perMillionOut.multiply(BigDecimal.valueOf(usage.outputTokens())))
                .movePointLeft(6)
                .stripTrailingZeros();
    }
}
