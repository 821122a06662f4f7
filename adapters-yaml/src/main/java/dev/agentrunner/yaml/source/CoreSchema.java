package dev.agentrunner.yaml.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a value without quotes stands for: the core schema of YAML 1.2.2, chapter 10.3. {@code yes}, {@code on} and
 * {@code 1_000} are texts, {@code 017} is seventeen, {@code 0o17} fifteen.
 */
final class CoreSchema {

    private static final Pattern DECIMAL = Pattern.compile("[-+]?[0-9]+");
    private static final Pattern OCTAL = Pattern.compile("0o[0-7]+");
    private static final Pattern HEXADECIMAL = Pattern.compile("0x[0-9a-fA-F]+");
    private static final Pattern FLOAT = Pattern.compile("[-+]?(?:\\.[0-9]+|[0-9]+(?:\\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?");
    private static final Pattern NO_NUMBER = Pattern.compile("[-+]?\\.(?:inf|Inf|INF)|\\.(?:nan|NaN|NAN)");

    /** Digits, and places before or after the point. */
    private static final int LONGEST = 1_000;

    private CoreSchema() {}

    /** Null if it is a number that JSON cannot have, or one that is too long. */
    static @Nullable JsonNode resolve(String plain) {
        return switch (plain) {
            case "", "~", "null", "Null", "NULL" -> NullNode.instance;
            case "true", "True", "TRUE" -> BooleanNode.TRUE;
            case "false", "False", "FALSE" -> BooleanNode.FALSE;
            default -> looksLikeNumber(plain) ? number(plain) : TextNode.valueOf(plain);
        };
    }

    private static boolean looksLikeNumber(String plain) {
        return "+-.0123456789".indexOf(plain.charAt(0)) >= 0;
    }

    private static @Nullable JsonNode number(String plain) {
        // texts of any length come here; the patterns need no more than one look at each character
        if (DECIMAL.matcher(plain).matches()) {
            return integer(plain, 10);
        }
        if (OCTAL.matcher(plain).matches()) {
            return integer(plain.substring(2), 8);
        }
        if (HEXADECIMAL.matcher(plain).matches()) {
            return integer(plain.substring(2), 16);
        }
        if (FLOAT.matcher(plain).matches()) {
            return decimal(plain);
        }
        return NO_NUMBER.matcher(plain).matches() ? null : TextNode.valueOf(plain);
    }

    /** A number as JSON writes it. */
    static @Nullable JsonNode jsonNumber(String text) {
        return DECIMAL.matcher(text).matches() ? integer(text, 10) : decimal(text);
    }

    private static @Nullable JsonNode integer(String digits, int radix) {
        if (digits.length() > LONGEST) {
            return null;
        }
        BigInteger value = new BigInteger(digits, radix);
        if (value.bitLength() < Integer.SIZE) {
            return IntNode.valueOf(value.intValue());
        }
        return value.bitLength() < Long.SIZE ? LongNode.valueOf(value.longValue()) : BigIntegerNode.valueOf(value);
    }

    private static @Nullable JsonNode decimal(String text) {
        if (text.length() > LONGEST) {
            return null;
        }
        try {
            BigDecimal value = new BigDecimal(text);
            return Math.abs((long) value.scale()) > LONGEST ? null : DecimalNode.valueOf(value);
        } catch (NumberFormatException e) {
            // the exponent has too many digits
            return null;
        }
    }
}
