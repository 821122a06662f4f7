const pad = (n) => String(n).padStart(2, '0');

/** How long something took, in milliseconds: `340ms`, `9.4s`, `41s`, `02:14`, `1:02:14`, `3d 4h`. */
export function duration(ms) {
  if (ms === undefined || ms === null || Number.isNaN(ms)) return '–';
  if (ms < 0) return '0s';
  if (ms < 1000) return `${Math.round(ms)}ms`;
  if (ms < 10_000) return `${(Math.floor(ms / 100) / 10).toFixed(1)}s`;
  const s = Math.floor(ms / 1000);
  if (s < 60) return `${s}s`;
  if (s < 3600) return `${pad(Math.floor(s / 60))}:${pad(s % 60)}`;
  if (s < 86_400) return `${Math.floor(s / 3600)}:${pad(Math.floor(s / 60) % 60)}:${pad(s % 60)}`;
  return `${Math.floor(s / 86_400)}d ${Math.floor(s / 3600) % 24}h`;
}

/** A moment as seen from now: `12s ago`, `in 3h`. */
export function relative(at, now) {
  const ahead = at > now;
  const s = Math.abs(now - at) / 1000;
  if (s < 5) return 'now';
  const text =
    s < 60 ? `${Math.floor(s)}s` : s < 3600 ? `${Math.floor(s / 60)}m` : s < 86_400 ? `${Math.floor(s / 3600)}h` : `${Math.floor(s / 86_400)}d`;
  return ahead ? `in ${text}` : `${text} ago`;
}

const LOCAL = new Intl.DateTimeFormat(undefined, {
  year: 'numeric', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3, timeZoneName: 'short',
});
const CLOCK = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3, hourCycle: 'h23' });

/** A moment in the viewer's zone and in UTC. */
export const exact = (at) => `${LOCAL.format(at)} · ${new Date(at).toISOString()}`;

/** The time of day in the viewer's zone. */
export const clock = (at) => CLOCK.format(at);

/** A number as people say it: `812`, `12.3k`, `4.1M`. */
export function count(n) {
  if (n < 1000) return String(n);
  const [value, unit] = n < 999_950 ? [n / 1000, 'k'] : [n / 1e6, 'M'];
  return `${value < 100 ? value.toFixed(1).replace(/\.0$/, '') : Math.round(value)}${unit}`;
}

/** A size in bytes, in units of 1024. */
export function bytes(n) {
  if (n < 1024) return `${n} B`;
  const unit = Math.min(4, Math.floor(Math.log2(n) / 10));
  const value = n / 1024 ** unit;
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${' KMGT'[unit]}iB`;
}

export const money = (usd) => `$${usd >= 0.01 || usd === 0 ? usd.toFixed(2) : usd.toPrecision(2)}`;

export const plural = (n, one, many = `${one}s`) => `${n.toLocaleString('en')} ${n === 1 ? one : many}`;

/** The characteristic end of an id; ids that were made at one time begin alike. */
export const shortId = (id) => (id.length > 13 ? `${id.slice(0, 4)}…${id.slice(-6)}` : id);

export const time = (text) => (text ? Date.parse(text) : undefined);
