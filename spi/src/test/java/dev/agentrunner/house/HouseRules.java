package dev.agentrunner.house;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The rules for one module; a subclass says which packages it may use, and which classes wrap what. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS) // reads the classes once
public abstract class HouseRules {

    private static final Path SOURCES = Path.of("src", "main", "java");

    private final JavaClasses code = new ClassFileImporter().importPath(Path.of("target", "classes"));

    /** Packages, as ArchUnit writes them, that the module's classes may depend on. */
    protected abstract List<String> mayUse();

    /** Full names of the classes that wrap time, threads and identifiers. */
    protected abstract List<String> wrappers();

    /** Full names of the classes that people start, and that answer on the terminal. */
    protected List<String> programs() {
        return List.of();
    }

    @Test
    void depends_only_on_what_its_place_allows() {
        check(classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(mayUse().toArray(String[]::new))
                .because("data flows one way, and users get few dependencies (docs/design.md)"));
    }

    @Test
    void has_no_package_cycles() {
        check(slices().matching("dev.agentrunner.(**)")
                .should()
                .beFreeOfCycles()
                .because("a cycle is one package in two names"));
    }

    @Test
    void takes_time_threads_and_identifiers_from_one_place() {
        List<String> wrappers = wrappers();
        String because = "tests must be able to replace them";
        for (ArchRule rule : List.of(
                noClasses()
                        .that(areNot(wrappers))
                        .should()
                        .callMethod(Instant.class, "now")
                        .because(because),
                noClasses()
                        .that(areNot(wrappers))
                        .should()
                        .callMethod(System.class, "currentTimeMillis")
                        .because(because),
                noClasses()
                        .that(areNot(wrappers))
                        .should()
                        .callMethod(Thread.class, "sleep", long.class)
                        .because(because),
                noClasses()
                        .that(areNot(wrappers))
                        .should()
                        .callMethod(UUID.class, "randomUUID")
                        .because(because),
                noClasses()
                        .that(areNot(wrappers))
                        .should()
                        .callConstructorWhere(target(owner(equivalentTo(Thread.class))))
                        .because(because))) {
            check(rule);
        }
    }

    @Test
    void does_not_print() {
        for (String stream : List.of("out", "err")) {
            check(noClasses()
                    .that(areNot(programs()))
                    .should()
                    .accessField(System.class, stream)
                    .because("a library logs"));
        }
    }

    @Test
    void names_say_what_a_class_is() {
        check(noClasses()
                .should()
                .haveSimpleNameEndingWith("Manager")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .orShould()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Utils")
                .orShould()
                .haveSimpleNameEndingWith("Impl")
                .orShould()
                .haveSimpleNameStartingWith("Base")
                .orShould()
                .haveSimpleNameStartingWith("Common")
                .because("such names say nothing"));
    }

    @Test
    void every_package_says_its_purpose_and_is_null_marked() throws IOException {
        try (Stream<Path> folders = Files.walk(SOURCES)) {
            assertThat(folders.filter(Files::isDirectory).filter(HouseRules::hasCode))
                    .allSatisfy(folder -> assertThat(Files.readString(folder.resolve("package-info.java")))
                            .contains("/**")
                            .contains("@NullMarked"));
        }
    }

    private static boolean hasCode(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .anyMatch(name -> name.endsWith(".java") && !name.equals("module-info.java"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DescribedPredicate<JavaClass> areNot(List<String> names) {
        return DescribedPredicate.describe(
                "are not " + names,
                type -> names.stream().noneMatch(name -> type.getName().startsWith(name)));
    }

    /** For rules of one module only. */
    protected void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(code);
    }
}
