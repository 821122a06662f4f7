import { html, useState } from '../lib/dom.js';
import { signIn } from '../lib/session.js';
import { useAction } from '../lib/use.js';
import { Trouble } from '../parts/states.js';

/** Asks for a key. It is sent once, and kept by neither the page nor the address. */
export const SignIn = () => {
  const [key, setKey] = useState('');
  const { run, pending, error } = useAction(() => signIn(key.trim()));
  const submit = (e) => {
    e.preventDefault();
    run();
  };
  return html`<main id="main" class="sign-in">
    <form class="card" onSubmit=${submit}>
      <h1>agent-runner</h1>
      <div class="field">
        <label for="key">Your key</label>
        <p class="hint" id="key-hint">It begins with <code>ar_</code>. Whoever runs this server makes one with <code>agent-runner keys create</code>.</p>
        <input id="key" type="password" autocomplete="current-password" aria-describedby="key-hint" required value=${key} onInput=${(e) => setKey(e.target.value)} />
      </div>
      <${Trouble} error=${error} />
      <button class="button primary" disabled=${pending || !key.trim()}>Sign in</button>
    </form>
  </main>`;
};
