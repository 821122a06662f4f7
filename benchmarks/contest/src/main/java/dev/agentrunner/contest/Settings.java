package dev.agentrunner.contest;

import java.util.LinkedHashMap;
import java.util.Map;

/** {@code name=value} arguments of {@link Contest}. */
record Settings(Map<String, String> values) {

    static Settings of(String... arguments) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String each : arguments) {
            int equals = each.indexOf('=');
            values.put(each.substring(0, equals), each.substring(equals + 1));
        }
        return new Settings(values);
    }

    String text(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("Say " + name + "=...");
        }
        return value;
    }

    int number(String name, int otherwise) {
        return Integer.parseInt(values.getOrDefault(name, Integer.toString(otherwise)));
    }

    boolean is(String name) {
        return Boolean.parseBoolean(values.getOrDefault(name, "false"));
    }
}
