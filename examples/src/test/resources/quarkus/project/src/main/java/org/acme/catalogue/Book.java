package org.acme.catalogue;

import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.NonNull;

public record Book(@Id @NonNull String id, @NonNull String title, @NonNull String author, int year) {

    public Book {
        requireText("title", title);
        requireText("author", author);
    }

    private static void requireText(String field, String value) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("A book needs a " + field);
        }
    }
}
