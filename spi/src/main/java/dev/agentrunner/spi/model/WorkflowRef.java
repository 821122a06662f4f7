package dev.agentrunner.spi.model;

/** Names one version of a workflow. A run keeps the version with which it began. */
public record WorkflowRef(String name, String version) {

    public WorkflowRef {
        Storable.text("The workflow's name", name);
        Storable.text("The workflow's version", version);
        if (name.isBlank() || name.length() > 200 || version.isBlank() || version.length() > 100) {
            throw new IllegalArgumentException(
                    "A workflow has a name of 1 to 200 and a version of 1 to 100 characters: '" + name + "' '" + version
                            + "'");
        }
    }

    @Override
    public String toString() {
        return name + " v" + version;
    }
}
