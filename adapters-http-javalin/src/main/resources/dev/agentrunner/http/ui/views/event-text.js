import { bytes, count, duration } from '../lib/format.js';

const TONES = [[/FAILED$/, 'failed'], [/COMPLETED$/, 'completed'], [/CANCEL/, 'canceled'], [/SUSPENDED|PAUSE/, 'waiting'], [/STARTED|WOKEN|RECOVERED|HEARTBEAT/, 'running']];

export const eventTone = ({ type, payload }) => {
  if (type === 'LOG' && /warn/i.test(payload.level)) return 'canceled';
  if (type === 'LOG' && /error/i.test(payload.level)) return 'failed';
  return TONES.find(([pattern]) => pattern.test(type))?.[1] ?? 'queued';
};

const one = (value) => (typeof value === 'string' ? value : JSON.stringify(value) ?? '').replace(/\s+/g, ' ').slice(0, 300);
const join = (...parts) => parts.filter((p) => p !== undefined && p !== null && p !== '' && p !== false).map(one).join(' · ');
const failed = (p) => `${p.failure?.kind}: ${p.failure?.message}`;

const TEXTS = {
  RUN_QUEUED: (p) => join(`${p.workflow} ${p.version}`, p.name, p.queue !== 'default' && `queue ${p.queue}`),
  RUN_STARTED: (p) => `on ${p.node}`,
  RUN_RECOVERED: (p) => join(`on ${p.node}`, p.previous_node && `after ${p.previous_node}`),
  RUN_SUSPENDED: (p) => join(p.waiting?.toLowerCase(), p.signals?.join(', '), p.wake_at && `until ${p.wake_at}`, p.reason),
  RUN_WOKEN: (p) => p.cause,
  RUN_SIGNALED: (p) => join(p.name, p.payload),
  RUN_COMPLETED: (p) => one(p.output),
  RUN_FAILED: failed,
  STEP_STARTED: (p) => join(p.kind, p.attempt > 1 && `attempt ${p.attempt}`, p.signal),
  STEP_ATTEMPT_FAILED: (p) => join(`attempt ${p.attempt}`, failed(p)),
  STEP_COMPLETED: (p) => join(duration(p.duration_ms), p.result),
  STEP_FAILED: failed,
  LLM_STARTED: (p) => `${p.provider}/${p.model}`,
  LLM_HEARTBEAT: (p) => join(p.phase, p.chunks > 0 && `${count(p.chunks)} tok`, duration(p.elapsed_ms), p.idle_ms > 2000 && `silent for ${duration(p.idle_ms)}`),
  LLM_COMPLETED: (p) => join(`${count(p.usage?.input_tokens ?? 0)} in`, `${count(p.usage?.output_tokens ?? 0)} out`, duration(p.duration_ms), p.finish_reason),
  LLM_FAILED: failed,
  ARTIFACT_CREATED: (p) => join(p.name, p.media_type, bytes(p.size)),
  WORKSPACE_CHANGED: (p) => join(`${p.files} files`, p.added?.length && `${p.added.length} added`, p.modified?.length && `${p.modified.length} modified`, p.removed?.length && `${p.removed.length} removed`),
  LOG: (p) => p.message,
};

/** An event in one line. */
export function eventText({ type, payload }) {
  const text = (TEXTS[type] ?? ((p) => join(p.reason) || (Object.keys(p).length ? p : '')))(payload ?? {});
  return one(text ?? '');
}
