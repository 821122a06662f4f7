package org.acme.catalogue;

import io.opentelemetry.instrumentation.annotations.SpanAttribute;
import io.opentelemetry.instrumentation.annotations.WithSpan;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** The books, kept in memory. Safe for several threads; each public operation is a span. */
@ApplicationScoped
public class Catalogue {

    private final AtomicInteger lastId = new AtomicInteger();
    private final List<Book> books = new CopyOnWriteArrayList<>();

    public Catalogue() {
        store("The Left Hand of Darkness", "Ursula K. Le Guin", 1969);
        store("The Dispossessed", "Ursula K. Le Guin", 1974);
        store("Kindred", "Octavia E. Butler", 1979);
    }

    @WithSpan
    public List<Book> all() {
        return List.copyOf(books);
    }

    @WithSpan
    public Optional<Book> byId(@SpanAttribute("book.id") String id) {
        return books.stream().filter(book -> book.id().equals(id)).findFirst();
    }

    @WithSpan
    public List<Book> byAuthor(@SpanAttribute("book.author") String author) {
        String wanted = lower(author);
        return books.stream().filter(book -> lower(book.author()).contains(wanted)).toList();
    }

    @WithSpan
    public Book add(@SpanAttribute("book.title") String title, String author, int year) {
        return store(title, author, year);
    }

    private Book store(String title, String author, int year) {
        Book book = new Book(Integer.toString(lastId.incrementAndGet()), title, author, year);
        books.add(book);
        return book;
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
