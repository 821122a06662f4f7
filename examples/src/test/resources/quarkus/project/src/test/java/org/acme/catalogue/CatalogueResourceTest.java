package org.acme.catalogue;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.*;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
class CatalogueResourceTest {

    private static final String ADD = """
            mutation ($title: String!, $author: String!, $year: Int!) {
              addBook(title: $title, author: $author, year: $year) { id title }
            }""";

    @Test
    void lists_all_books() {
        send("{ books { title } }", Map.of())
                .body("data.books.title", hasItems("The Dispossessed", "Kindred"));
    }

    @Test
    void searches_by_a_part_of_the_author_in_any_case() {
        String query = "query ($author: String!) { booksByAuthor(author: $author) { title year } }";

        send(query, Map.of("author", "le guin"))
                .body("data.booksByAuthor.title", contains("The Left Hand of Darkness", "The Dispossessed"))
                .body("data.booksByAuthor.year", contains(1969, 1974));
    }

    @Test
    void an_added_book_can_be_read_by_its_id() {
        String id = send(ADD, Map.of("title", "The Hobbit", "author", "J. R. R. Tolkien", "year", 1937))
                .extract().path("data.addBook.id");

        find(id).body("data.book.title", equalTo("The Hobbit")).body("data.book.year", equalTo(1937));
    }

    @Test
    void an_unknown_id_gives_null_and_no_error() {
        find("no-such-id").body("errors", nullValue()).body("data.book", nullValue());
    }

    @Test
    void a_blank_title_is_refused_with_a_reason() {
        send(ADD, Map.of("title", " ", "author", "Anonymous", "year", 2000))
                .body("data.addBook", nullValue())
                .body("errors[0].message", equalTo("A book needs a title"));
    }

    private static ValidatableResponse find(String id) {
        return send("query ($id: ID!) { book(id: $id) { title year } }", Map.of("id", id));
    }

    private static ValidatableResponse send(String query, Map<String, Object> variables) {
        return given().contentType("application/json")
                .body(Map.of("query", query, "variables", variables))
                .post("/graphql")
                .then().statusCode(200);
    }
}
