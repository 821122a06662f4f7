package dev.agentrunner.core.codec;

import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.jsonFormatVisitors.JsonAnyFormatVisitor;
import com.fasterxml.jackson.databind.jsonFormatVisitors.JsonArrayFormatVisitor;
import com.fasterxml.jackson.databind.jsonFormatVisitors.JsonBooleanFormatVisitor;
import com.fasterxml.jackson.databind.jsonFormatVisitors.JsonFormatTypes;
import com.fasterxml.jackson.databind.jsonFormatVisitors.JsonFormatVisitable;
import com.fasterxml.jackson.databind.jsonFormatVisitors.JsonFormatVisitorWrapper;
import com.fasterxml.jackson.databind.jsonFormatVisitors.JsonIntegerFormatVisitor;
import com.fasterxml.jackson.databind.jsonFormatVisitors.JsonMapFormatVisitor;
import com.fasterxml.jackson.databind.jsonFormatVisitors.JsonNumberFormatVisitor;
import com.fasterxml.jackson.databind.jsonFormatVisitors.JsonObjectFormatVisitor;
import com.fasterxml.jackson.databind.jsonFormatVisitors.JsonStringFormatVisitor;
import com.fasterxml.jackson.databind.jsonFormatVisitors.JsonValueFormat;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentrunner.spi.model.Json;
import java.util.HashSet;
import java.util.Set;

/**
 * JSON Schemas of types, as Jackson sees them: what it would write of a value. A type that contains itself is any value
 * where it comes again, and {@link Json} is any value, though Jackson sees a text.
 */
final class Schemas {

    private final ObjectMapper mapper;

    Schemas(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /** The schema of a type; of one that Jackson cannot describe, that of any value. */
    ObjectNode of(JavaType type) {
        ObjectNode schema = mapper.createObjectNode();
        if (type.hasRawClass(Json.class)) {
            return schema;
        }
        try {
            mapper.acceptJsonFormatVisitor(type, new Part(schema, new HashSet<>()));
        } catch (JsonMappingException e) {
            schema.removeAll();
        }
        return schema;
    }

    /** Fills in the schema of one value. */
    private final class Part extends JsonFormatVisitorWrapper.Base {

        private final ObjectNode schema;
        private final Set<JavaType> around;

        Part(ObjectNode schema, Set<JavaType> around) {
            this.schema = schema;
            this.around = around;
        }

        private void visit(JsonFormatVisitable part, JavaType type) throws JsonMappingException {
            if (!type.hasRawClass(Json.class) && around.add(type)) {
                part.acceptJsonFormatVisitor(this, type);
                around.remove(type);
            }
        }

        @Override
        public JsonObjectFormatVisitor expectObjectFormat(JavaType type) {
            schema.put("type", "object");
            ObjectNode properties = schema.putObject("properties");
            around.add(type);
            return new JsonObjectFormatVisitor.Base(getProvider()) {
                @Override
                public void property(BeanProperty property) throws JsonMappingException {
                    optionalProperty(property);
                    schema.withArray("required").add(property.getName());
                }

                @Override
                public void optionalProperty(BeanProperty property) throws JsonMappingException {
                    Part part = new Part(properties.putObject(property.getName()), new HashSet<>(around));
                    part.setProvider(getProvider());
                    part.visit(
                            getProvider().findPrimaryPropertySerializer(property.getType(), property),
                            property.getType());
                }
            };
        }

        @Override
        public JsonArrayFormatVisitor expectArrayFormat(JavaType type) {
            schema.put("type", "array");
            return new JsonArrayFormatVisitor.Base(getProvider()) {
                @Override
                public void itemsFormat(JsonFormatVisitable items, JavaType itemType) throws JsonMappingException {
                    Part part = new Part(schema.putObject("items"), new HashSet<>(around));
                    part.setProvider(getProvider());
                    part.visit(items, itemType);
                }

                @Override
                public void itemsFormat(JsonFormatTypes format) {
                    schema.putObject("items").put("type", format.value());
                }
            };
        }

        @Override
        public JsonMapFormatVisitor expectMapFormat(JavaType type) {
            schema.put("type", "object");
            return new JsonMapFormatVisitor.Base(getProvider());
        }

        @Override
        public JsonStringFormatVisitor expectStringFormat(JavaType type) {
            schema.put("type", "string");
            return new JsonStringFormatVisitor.Base() {
                @Override
                public void format(JsonValueFormat format) {
                    schema.put("format", format.toString());
                }

                @Override
                public void enumTypes(Set<String> values) {
                    values.forEach(schema.withArray("enum")::add);
                }
            };
        }

        @Override
        public JsonNumberFormatVisitor expectNumberFormat(JavaType type) {
            schema.put("type", "number");
            return new JsonNumberFormatVisitor.Base();
        }

        @Override
        public JsonIntegerFormatVisitor expectIntegerFormat(JavaType type) {
            schema.put("type", "integer");
            return new JsonIntegerFormatVisitor.Base();
        }

        @Override
        public JsonBooleanFormatVisitor expectBooleanFormat(JavaType type) {
            schema.put("type", "boolean");
            return new JsonBooleanFormatVisitor.Base();
        }

        @Override
        public JsonAnyFormatVisitor expectAnyFormat(JavaType type) {
            return new JsonAnyFormatVisitor.Base();
        }
    }
}
