import { first } from './router.js';

export const STATUSES = ['QUEUED', 'RUNNING', 'COMPLETED', 'FAILED', 'CANCELED'];
export const SPANS = { '1h': ['last hour', 3600e3], '24h': ['last 24 hours', 86_400e3], '7d': ['last 7 days', 7 * 86_400e3] };

/** What the address says about which runs are meant, as the query of `GET /runs`. */
export function filtersOf(query) {
  const span = SPANS[first(query, 'since')];
  return {
    status: (query.status ?? []).filter((s) => STATUSES.includes(s)),
    workflow: first(query, 'workflow'),
    label: query.label ?? [],
    q: first(query, 'q'),
    // To the minute, so that loading again asks the same.
    created_after: span && new Date(Math.floor((Date.now() - span[1]) / 60_000) * 60_000).toISOString(),
  };
}

export const isFiltered = (query) => ['status', 'workflow', 'label', 'q', 'since'].some((key) => query[key]?.some(Boolean));

export const NONE = { status: [], workflow: [], label: [], q: [], since: [] };
