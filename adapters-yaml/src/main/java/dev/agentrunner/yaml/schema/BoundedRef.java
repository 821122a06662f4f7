package dev.agentrunner.yaml.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaContext;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.keyword.AbstractKeyword;
import com.networknt.schema.keyword.KeywordValidator;
import com.networknt.schema.keyword.RefValidator;
import com.networknt.schema.path.NodePath;

/**
 * The keyword {@code $ref}, followed so often at most: without references a schema is as small as it is written, and with
 * them two that follow each other twice look at a value of thirty levels a billion times.
 */
final class BoundedRef extends AbstractKeyword {

    /** How many references are followed to check a value. */
    private static final int MOST_FOLLOWED = 1_000_000;

    BoundedRef() {
        super("$ref");
    }

    @Override
    public KeywordValidator newValidator(SchemaLocation location, JsonNode node, Schema parent, SchemaContext context) {
        return new Counting(location, node, parent, context);
    }

    /** How many were followed. Mutable. */
    static final class Steps {
        private int taken;
    }

    /** Checking a value was given up. */
    static final class TooMany extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooMany() {
            super("more than " + MOST_FOLLOWED + " references to follow", null, false, false);
        }
    }

    private static final class Counting extends RefValidator {

        Counting(SchemaLocation location, JsonNode node, Schema parent, SchemaContext context) {
            super(location, node, parent, context);
        }

        @Override
        public void validate(ExecutionContext execution, JsonNode node, JsonNode root, NodePath location) {
            Steps steps = execution.getCollectorContext().computeIfAbsent(Steps.class, key -> new Steps());
            if (++steps.taken > MOST_FOLLOWED) {
                throw new TooMany();
            }
            super.validate(execution, node, root, location);
        }
    }
}
