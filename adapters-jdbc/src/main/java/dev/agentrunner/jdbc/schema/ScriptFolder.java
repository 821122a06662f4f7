package dev.agentrunner.jdbc.schema;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;
import org.jspecify.annotations.Nullable;

/**
 * The scripts of one database. They are named in a file instead of being searched for, because a module keeps its
 * resources to itself.
 */
final class ScriptFolder implements ResourceProvider {

    private static final String INDEX = "migrations.txt";

    private final List<Script> scripts;

    private ScriptFolder(List<Script> scripts) {
        this.scripts = scripts;
    }

    static ScriptFolder of(String folder) {
        return new ScriptFolder(new Script(folder, INDEX)
                .text()
                .lines()
                .map(name -> new Script(folder, name))
                .toList());
    }

    /** Checksums by the names of scripts, as Flyway keeps them. */
    Map<String, Integer> checksums() {
        return scripts.stream().collect(Collectors.toMap(Script::getFilename, Script::checksum));
    }

    @Override
    public @Nullable LoadableResource getResource(String name) {
        return scripts.stream()
                .filter(script -> script.getFilename().equals(name)
                        || script.getAbsolutePath().equals(name))
                .findFirst()
                .<LoadableResource>map(script -> script)
                .orElse(null);
    }

    @Override
    public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
        return scripts.stream()
                .filter(script -> script.getFilename().startsWith(prefix))
                .filter(script -> Arrays.stream(suffixes).anyMatch(script.getFilename()::endsWith))
                .<LoadableResource>map(script -> script)
                .toList();
    }
}
