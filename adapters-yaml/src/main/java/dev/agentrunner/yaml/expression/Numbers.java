package dev.agentrunner.yaml.expression;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Utils;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Functions on numbers and times that would use too much, or depend on the machine. */
final class Numbers {

    /** More digits than a double can tell apart. */
    private static final int DIGITS = 400;

    private static final int PICTURE = 100;
    private static final int COMPONENTS = 12;
    private static final Pattern NUMBER = Pattern.compile("-?(?:0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?");
    private static final Pattern WIDTH = Pattern.compile("[0-9]{3,}-|,[^\\]]*[0-9]{3}");

    private Numbers() {}

    static void add(Builtins.Adding to) {
        to.add("number", "<(nsb)-:n>", "number", (meter, given) -> number(given.get(0)));
        to.add("round", "<n-n?:n>", "round", (meter, given) -> round(given.number(0), given.count(1)));
        to.add("abs", "<n-:n>", "abs", (meter, given) -> abs(given.number(0)));
        to.add("formatNumber", "<n-so?:s>", "formatNumber", (meter, given) -> {
            checkPicture(given.text(1));
            return Functions.formatNumber(
                    given.number(0),
                    given.text(1),
                    given.get(2) instanceof java.util.Map<?, ?> options ? options : null);
        });
        to.add("formatInteger", "<n-s:s>", "formatInteger", (meter, given) -> {
            checkPicture(given.text(1));
            return Functions.formatInteger(given.number(0), given.text(1));
        });
        to.add("parseInteger", "<s-s:n>", "parseInteger", (meter, given) -> {
            checkPicture(given.text(0));
            checkPicture(given.text(1));
            Number number = Functions.parseInteger(given.text(0), given.text(1));
            return number == null ? null : Utils.convertNumber(number);
        });
        to.add("toMillis", "<s-s?:n>", "dateTimeToMillis", (meter, given) -> millis(given.text(0), given.text(1)));
        to.add("fromMillis", "<n-s?s?:s>", "dateTimeFromMillis", (meter, given) -> {
            checkTime(given.text(1));
            return Functions.dateTimeFromMillis(given.number(0), given.text(1), given.text(2));
        });
    }

    private static @Nullable Number number(@Nullable Object value) {
        if (value == null || value instanceof Number) {
            return (Number) value;
        }
        if (value instanceof Boolean truth) {
            return truth ? 1 : 0;
        }
        if (value instanceof String text && value != Jsonata.NULL_VALUE) {
            return number(text);
        }
        throw Failure.of("$number cannot make a number of it");
    }

    private static @Nullable Number number(String text) {
        var plain = NUMBER.matcher(text);
        if (text.length() <= DIGITS && plain.matches()) {
            if (plain.group(1) == null && plain.group(2) == null) {
                BigInteger integer = new BigInteger(text);
                return integer.bitLength() < Integer.SIZE
                        ? (Number) integer.intValue()
                        : integer.bitLength() < Long.SIZE ? (Number) integer.longValue() : integer;
            }
            return Utils.convertNumber(Double.parseDouble(text));
        }
        if (text.matches("0[xX][0-9a-fA-F]{1,15}")) {
            return Utils.convertNumber(Long.parseLong(text.substring(2), 16));
        }
        if (text.matches("0[oO][0-7]{1,20}")) {
            return Utils.convertNumber(Long.parseLong(text.substring(2), 8));
        }
        if (text.matches("0[bB][01]{1,62}")) {
            return Utils.convertNumber(Long.parseLong(text.substring(2), 2));
        }
        throw Failure.of("$number cannot make a number of \"" + Failure.shortened(text) + "\"");
    }

    private static @Nullable Number round(@Nullable Number number, @Nullable Integer digits) {
        if (number == null) {
            return null;
        }
        int scale = digits == null ? 0 : Math.max(-DIGITS, Math.min(DIGITS, digits));
        BigDecimal exact = new BigDecimal(number.toString());
        return exact.scale() <= scale
                ? number
                : Utils.convertNumber(
                        exact.setScale(scale, RoundingMode.HALF_EVEN).doubleValue());
    }

    private static @Nullable Number abs(@Nullable Number number) {
        if (number instanceof BigInteger integer) {
            return integer.abs();
        }
        if (number instanceof Long integer && integer != Long.MIN_VALUE) {
            return Math.abs(integer);
        }
        return number == null ? null : Utils.convertNumber(Math.abs(number.doubleValue()));
    }

    private static @Nullable Number millis(@Nullable String time, @Nullable String picture) throws Exception {
        checkPicture(time);
        checkTime(picture);
        if (picture != null && !picture.contains("[Y")) {
            throw Failure.of("the picture of $toMillis has no year, and today's would change with each replay");
        }
        if (time != null && picture == null) {
            try {
                // without a zone it would be the machine's
                return Utils.convertNumber(
                        LocalDateTime.parse(time).toInstant(ZoneOffset.UTC).toEpochMilli());
            } catch (DateTimeException e) {
                // it has a zone, or is no such time at all
            }
        }
        Long millis = Functions.dateTimeToMillis(time, picture);
        return millis == null ? null : Utils.convertNumber(millis);
    }

    private static void checkTime(@Nullable String picture) {
        checkPicture(picture);
        if (picture != null
                && (picture.chars().filter(c -> c == '[').count() > COMPONENTS
                        || WIDTH.matcher(picture).find())) {
            throw Failure.limit("a picture of a time has more than " + COMPONENTS + " parts, or very wide ones");
        }
    }

    private static void checkPicture(@Nullable String picture) {
        if (picture != null && picture.length() > PICTURE) {
            throw Failure.limit("a picture, or what is read by one, has more than " + PICTURE + " characters");
        }
    }
}
