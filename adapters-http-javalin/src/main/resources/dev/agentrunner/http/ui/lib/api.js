import { cell } from './cell.js';

/** Where the API is: one folder above the console, whatever the prefix. */
export const BASE = new URL('../', new URL('.', document.baseURI));

/** Set when the server wants to know who asks. */
export const signInNeeded = cell(false);

/** What the server refused, or that it could not be asked; made of problem+json where there is any. */
export class ApiError extends Error {
  constructor(status, problem, retryAfter) {
    super(problem.title);
    this.status = status;
    this.code = problem.code ?? '';
    this.title = problem.title;
    this.detail = problem.detail ?? '';
    this.errors = problem.errors ?? [];
    this.retryAfter = retryAfter;
  }
}

const SILENT = {
  code: 'no_answer',
  title: 'The server does not answer',
  detail: 'Nothing is known to have changed. Runs go on without the console; it tries again when the connection is back.',
};

/** The address of a call; a list as a value repeats its key, and what is empty is left out. */
export function address(path, query = {}) {
  const url = new URL(path.replace(/^\//, ''), BASE);
  for (const [key, value] of Object.entries(query)) {
    for (const one of [value].flat()) {
      if (one !== undefined && one !== null && one !== '') url.searchParams.append(key, one);
    }
  }
  return url;
}

/** A path of which each part may be any text. */
export const path = (...parts) => parts.map(encodeURIComponent).join('/');

/** Asks the server; answers what `fetch` does, or throws an {@link ApiError}. */
export async function request(method, to, { query, body, headers, signal } = {}) {
  const init = { method, signal, headers: { Accept: 'application/json, application/problem+json', ...headers } };
  if (body !== undefined) {
    init.body = JSON.stringify(body);
    init.headers['Content-Type'] = 'application/json';
  }
  let answer;
  try {
    answer = await fetch(address(to, query), init);
  } catch (e) {
    if (e.name === 'AbortError') throw e;
    throw new ApiError(0, SILENT);
  }
  if (answer.ok) return answer;
  const problem = await answer.json().catch(() => ({}));
  const wait = Number(answer.headers.get('Retry-After')) || undefined;
  const error = new ApiError(answer.status, { ...problem, title: problem.title ?? `The server answered ${answer.status}` }, wait);
  if (answer.status === 401 && !to.startsWith('session')) signInNeeded.set(true);
  throw error;
}

async function json(method, to, options) {
  const answer = await request(method, to, options);
  return answer.status === 204 ? undefined : answer.json();
}

export const get = (to, query, signal) => json('GET', to, { query, signal });
export const post = (to, body, headers) => json('POST', to, { body, headers });
export const remove = (to) => json('DELETE', to);

/** All items of a list, up to a limit, page by page. */
export async function all(to, query = {}, most = 1000) {
  const items = [];
  let cursor;
  do {
    const page = await get(to, { ...query, limit: Math.min(200, most - items.length), cursor });
    items.push(...page.items);
    cursor = page.next_cursor;
  } while (cursor && items.length < most);
  return { items, more: Boolean(cursor) };
}

/** A key for a call that may be sent twice and must count once. */
export function onceKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, '0')).join('');
}
