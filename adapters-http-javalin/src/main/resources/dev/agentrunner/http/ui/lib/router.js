import { cell, useCell } from './cell.js';

/** Where the page is: the parts of the path, and the query by key, each a list of values. */
const route = cell(read());

function read() {
  const [path, query = ''] = location.hash.replace(/^#\/?/, '').split(/\?(.*)/s);
  const values = {};
  for (const [key, value] of new URLSearchParams(query)) (values[key] ??= []).push(value);
  return { parts: path.split('/').filter(Boolean).map(decoded), query: values };
}

function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

addEventListener('hashchange', () => route.set(read()));

/** A link within the console. */
export function href(parts, query = {}) {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    for (const one of [value].flat()) {
      if (one !== undefined && one !== null && one !== '') search.append(key, one);
    }
  }
  const text = search.toString();
  return `#/${parts.map(encodeURIComponent).join('/')}${text ? `?${text}` : ''}`;
}

/** Goes elsewhere; `replace` leaves no way back, which is right for what is typed letter by letter. */
export function go(to, { replace = false } = {}) {
  if (location.hash === to) return;
  history[replace ? 'replaceState' : 'pushState'](null, '', to);
  route.set(read());
}

/** Changes some keys of the query and keeps the others. */
export function setQuery(patch, { replace = true } = {}) {
  const { parts, query } = route.get();
  go(href(parts, { ...query, ...patch }), { replace });
}

export const here = () => route.get();
export const useRoute = () => useCell(route);

/** The first value of a key of the query, or an empty text. */
export const first = (query, key) => query[key]?.[0] ?? '';
