/** What a form needs to know of a JSON Schema. What it does not know is left to the raw JSON and to the server. */

/** A schema with its `$ref` into the same document followed. */
export function resolved(schema, root, depth = 0) {
  if (!schema || typeof schema !== 'object') return {};
  if (typeof schema.$ref !== 'string' || depth > 20) return schema;
  const found = schema.$ref.replace(/^#\/?/, '').split('/').filter(Boolean)
    .reduce((at, part) => at?.[part.replace(/~1/g, '/').replace(/~0/g, '~')], root);
  return { ...resolved(found, root, depth + 1), ...schema, $ref: undefined };
}

/** Which control fits: text, long, number, choice, flag, list, group or json. */
export function control(schema) {
  const type = [schema.type].flat().filter((t) => t && t !== 'null')[0];
  if (Array.isArray(schema.enum) && schema.enum.every((v) => v === null || typeof v !== 'object')) return 'choice';
  if (type === 'string') return (schema.maxLength ?? 0) > 200 || /(multi-?line|textarea|markdown)/.test(schema.format ?? '') || String(schema.default ?? '').length > 60 ? 'long' : 'text';
  if (type === 'integer' || type === 'number') return 'number';
  if (type === 'boolean') return 'flag';
  if (type === 'array') return 'list';
  if (type === 'object' && schema.properties) return 'group';
  return 'json';
}

/** A value to begin with: the default, else an example, else what the type has as its least; undefined for what may be left out. */
export function example(schema, root, needed = true) {
  const of = resolved(schema, root);
  if (of.default !== undefined) return of.default;
  if (of.const !== undefined) return of.const;
  if (of.examples?.length) return of.examples[0];
  if (control(of) === 'group') {
    const entries = Object.entries(of.properties)
      .map(([key, each]) => [key, example(each, root, of.required?.includes(key))])
      .filter(([, value]) => value !== undefined);
    return entries.length || needed ? Object.fromEntries(entries) : undefined;
  }
  if (!needed) return undefined;
  if (of.enum?.length) return of.enum[0];
  return { text: '', long: '', number: of.minimum ?? 0, flag: false, list: [] }[control(of)];
}

/** The value with one place changed; undefined takes the place out. */
export function changed(value, path, next) {
  if (path.length === 0) return next;
  const [key, ...rest] = path;
  const copy = Array.isArray(value) ? [...value] : { ...value };
  const inner = changed(copy[key], rest, next);
  if (inner === undefined && !Array.isArray(copy)) delete copy[key];
  else copy[key] = inner;
  return copy;
}

export const pointer = (path) => path.map((p) => `/${String(p).replace(/~/g, '~0').replace(/\//g, '~1')}`).join('');
