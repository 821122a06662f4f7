import { time } from './format.js';

/**
 * What a run's page shows, as the fold of the run's events. Grows in place; `version` tells that it has.
 *
 * A step is `{id, name, kind, status, depth, first, tries, started, ended, result, failure, calls, …}`, a try is
 * `{n, from, to, failure, retryAt}`, a call of a model `{model, from, to, phase, usage, …}`.
 */
export function emptyFold() {
  return { version: 0, events: [], steps: new Map(), artifacts: [], waits: [], nodes: new Set(), types: new Map(), errors: 0 };
}

export function applyAll(fold, events) {
  for (const event of events) apply(fold, event);
  fold.version++;
  return fold;
}

/** Whether an event tells of something that went wrong. */
export const isError = ({ type, payload }) =>
  type.endsWith('FAILED') || (type === 'LOG' && String(payload.level).toLowerCase() === 'error');

function apply(fold, event) {
  const at = time(event.created_at);
  fold.events.push(event);
  fold.types.set(event.type, (fold.types.get(event.type) ?? 0) + 1);
  if (isError(event)) fold.errors++;
  fold.first ??= at;
  fold.last = at;
  const change = CHANGES[event.type];
  if (change) change(fold, event.payload ?? {}, at, event);
}

function step(fold, { step_id: id, seq, payload }) {
  let found = fold.steps.get(id);
  if (!found) {
    const parts = id.split('/');
    const name = payload.name ?? parts.at(-1).replace(/#\d+$/, '');
    found = { id, name, kind: payload.kind ?? '', status: 'PENDING', depth: parts.length - 1, first: seq, tries: [], calls: [] };
    fold.steps.set(id, found);
  }
  return found;
}

function endTry(of, at, more) {
  const last = of.tries.at(-1);
  if (last && last.to === undefined) Object.assign(last, { to: at }, more);
}

/** Whether a step is part of another one: `each[0]/say` and `both.left/say` are. */
const isPart = (inner, outer) => inner.length > outer.length && inner.startsWith(outer) && '[./'.includes(inner[outer.length]);

function endStep(status) {
  return (fold, payload, at, event) => {
    const of = step(fold, event);
    Object.assign(of, { status, ended: at, endSeq: event.seq, reason: payload.reason, failure: payload.failure });
    of.result = payload.result;
    of.resultRef = payload.result_ref;
    of.retryAt = undefined;
    endTry(of, at, payload.failure ? { failure: payload.failure } : {});
    // A step fails with what failed in it, which is what people want to see.
    if (status === 'FAILED' && !(fold.failed && isPart(fold.failed.id, of.id))) fold.failed = of;
  };
}

function endWait(fold, at) {
  const last = fold.waits.at(-1);
  if (last && last.to === undefined) last.to = at;
}

function endRun(status) {
  return (fold, payload, at) => {
    Object.assign(fold, { status, ended: at, output: payload.output, outputRef: payload.output_ref, failure: payload.failure });
    endWait(fold, at);
  };
}

function endCall(fold, payload, at, event) {
  const call = step(fold, event).calls.at(-1);
  if (call) Object.assign(call, payload, { to: at, model: call.model });
}

const CHANGES = {
  RUN_QUEUED: (fold, payload) => Object.assign(fold, { status: 'QUEUED', queued: payload }),
  RUN_STARTED(fold, payload, at) {
    fold.status = 'RUNNING';
    fold.started = at;
    fold.nodes.add(payload.node);
  },
  RUN_RECOVERED(fold, payload, at) {
    fold.nodes.add(payload.node);
    for (const of of fold.steps.values()) if (of.status === 'RUNNING') of.recovered = at;
  },
  RUN_SUSPENDED(fold, payload, at) {
    endWait(fold, at);
    fold.waits.push({ waiting: payload.waiting, from: at, wakeAt: time(payload.wake_at) });
  },
  RUN_WOKEN: (fold, payload, at) => endWait(fold, at),
  RUN_COMPLETED: endRun('COMPLETED'),
  RUN_FAILED: endRun('FAILED'),
  RUN_CANCELED: endRun('CANCELED'),
  STEP_STARTED(fold, payload, at, event) {
    const of = step(fold, event);
    endTry(of, at);
    of.status = 'RUNNING';
    of.kind = payload.kind ?? of.kind;
    of.started ??= at;
    of.wakeAt = time(payload.wake_at);
    of.signal = payload.signal;
    of.child = payload.child_run_id ?? of.child;
    of.retryAt = undefined;
    of.tries.push({ n: payload.attempt, from: at });
  },
  STEP_ATTEMPT_FAILED(fold, payload, at, event) {
    const of = step(fold, event);
    endTry(of, at, { failure: payload.failure });
    of.retryAt = time(payload.retry_at);
  },
  STEP_COMPLETED: endStep('COMPLETED'),
  STEP_FAILED: endStep('FAILED'),
  STEP_CANCELED: endStep('CANCELED'),
  STEP_SKIPPED: endStep('SKIPPED'),
  LLM_STARTED: (fold, payload, at, event) =>
    step(fold, event).calls.push({ model: `${payload.provider}/${payload.model}`, attempt: payload.attempt, from: at }),
  LLM_HEARTBEAT(fold, payload, at, event) {
    const call = step(fold, event).calls.at(-1);
    if (call) Object.assign(call, { phase: payload.phase, chunks: payload.chunks, idle: payload.idle_ms, beatAt: at });
  },
  LLM_COMPLETED: endCall,
  LLM_FAILED: endCall,
  ARTIFACT_CREATED: (fold, payload, at, event) =>
    fold.artifacts.push({ ...payload, step_id: event.step_id, created_at: event.created_at }),
};

/** The step that a viewer wants to see first: what failed, else what runs, else what waits. */
export function stepOfInterest(fold) {
  if (fold.status === 'FAILED' && fold.failed) return fold.failed;
  const steps = [...fold.steps.values()];
  const running = steps.filter((s) => s.status === 'RUNNING' && s.kind !== 'parallel' && s.kind !== 'map');
  return running.at(-1) ?? steps.filter((s) => s.status === 'COMPLETED').at(-1);
}

/** The usage of a step's calls of models, or undefined without any. */
export function stepUsage({ calls }) {
  const used = calls.filter((c) => c.usage);
  if (!used.length) return undefined;
  const sum = (of) => used.reduce((total, c) => total + (of(c) ?? 0), 0);
  return {
    input_tokens: sum((c) => c.usage.input_tokens),
    output_tokens: sum((c) => c.usage.output_tokens),
    cost_usd: used.some((c) => c.cost_usd !== undefined) ? sum((c) => c.cost_usd) : undefined,
  };
}
