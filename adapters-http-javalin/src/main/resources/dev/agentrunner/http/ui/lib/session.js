import { ApiError, get, post, remove, signInNeeded } from './api.js';
import { cell } from './cell.js';

/** Who looks at the console: `{principal, role}`; undefined until it is known. */
export const session = cell(undefined);

export async function loadSession() {
  try {
    session.set(await get('session'));
    signInNeeded.set(false);
  } catch (e) {
    if (!(e instanceof ApiError)) throw e;
    if (e.status === 401) signInNeeded.set(true);
    // An older server has no sessions; what it allows it says with each run.
    else if (e.status === 404) session.set({ principal: '', role: 'admin', auth: 'none' });
    else throw e;
  }
}

export async function signIn(key) {
  await post('session', { key });
  await loadSession();
}

export async function signOut() {
  await remove('session');
  session.set(undefined);
  await loadSession();
}

/** Whether this viewer may change anything. */
export const mayWrite = () => (session.get()?.role ?? 'viewer') !== 'viewer';
