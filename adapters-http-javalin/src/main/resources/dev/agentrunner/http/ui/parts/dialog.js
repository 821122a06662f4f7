import { html, useEffect, useRef, freshId, useState } from '../lib/dom.js';
import { Icon } from './icons.js';

/** A modal dialog; the browser traps the focus in it and gives it back. */
export const Dialog = ({ title, close, wide, children }) => {
  const ref = useRef();
  const [id] = useState(() => freshId('dialog'));
  useEffect(() => {
    const opener = document.activeElement;
    const dialog = ref.current;
    dialog.showModal();
    dialog.querySelector('[data-focus]')?.focus();
    return () => {
      dialog.close();
      opener?.focus?.();
    };
  }, []);
  const backdrop = (e) => e.target === ref.current && close();
  const cancel = (e) => {
    e.preventDefault();
    close();
  };
  return html`
    <dialog ref=${ref} class=${wide ? 'dialog wide' : 'dialog'} aria-labelledby=${id} onCancel=${cancel} onClick=${backdrop}>
      <div class="dialog-box">
        <header class="dialog-head">
          <h2 id=${id}>${title}</h2>
          <button type="button" class="bare" aria-label="Close" onClick=${close}><${Icon} name="close" /></button>
        </header>
        ${children}
      </div>
    </dialog>`;
};
