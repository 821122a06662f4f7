package org.acme.catalogue;

import java.util.List;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Mutation;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Query;

@GraphQLApi
public class CatalogueResource {

    private final Catalogue catalogue;

    public CatalogueResource(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    @Query
    @Description("All books, in the order in which they were added")
    public List<Book> books() {
        return catalogue.all();
    }

    @Query
    @Description("The book with this id, or null if there is none")
    public Book book(@Id @NonNull String id) {
        return catalogue.byId(id).orElse(null);
    }

    @Query
    @Description("The books whose author contains this text, in any letter case")
    public List<Book> booksByAuthor(@NonNull String author) {
        return catalogue.byAuthor(author);
    }

    @Mutation
    @Description("Adds a book and returns it with its new id")
    public Book addBook(@NonNull String title, @NonNull String author, int year) {
        return catalogue.add(title, author, year);
    }
}
