package dev.agentrunner.server.command;

import dev.agentrunner.spi.model.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads values that are given as JSON, as {@code @file}, or as {@code @-}, which is the standard input. */
final class Inputs {

    private Inputs() {}

    /**
     * The value.
     *
     * @param what it is, for people
     * @throws IllegalArgumentException if the file cannot be read, or there is no JSON
     */
    static Json json(String what, String given, InputStream standard) {
        String text = given.startsWith("@") ? contents(what, given.substring(1), standard) : given;
        try {
            return Json.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("The " + what + " is no JSON: " + e.getMessage()
                    + "; a text needs its quotes, such as '\"hello\"'");
        }
    }

    private static String contents(String what, String file, InputStream standard) {
        try {
            return file.equals("-")
                    ? new String(standard.readAllBytes(), StandardCharsets.UTF_8)
                    : Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new IllegalArgumentException("The " + what + " cannot be read from " + file + " ("
                    + e.getClass().getSimpleName() + ")");
        }
    }
}
