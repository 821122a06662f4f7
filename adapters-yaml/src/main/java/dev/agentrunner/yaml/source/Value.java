package dev.agentrunner.yaml.source;

import com.fasterxml.jackson.databind.JsonNode;

/** A value in a file. Immutable; an alias gives the value that it stands for, with that one's place. */
public sealed interface Value permits Scalar, Sequence, Mapping {

    /** Where it begins in the file's text. */
    int offset();

    /** The value alone. */
    JsonNode json();

    /** With an article, for messages. */
    String kind();
}
