import { h } from '../vendor/preact.js';
import htm from '../vendor/htm.js';

export { render, Fragment } from '../vendor/preact.js';
export { useState, useEffect, useLayoutEffect, useMemo, useRef, useCallback } from '../vendor/hooks.js';

/** Markup as tagged templates; values become text or properties and are never parsed as markup. */
export const html = htm.bind(h);

let ids = 0;

/** An id that no other element of the page has. */
export const freshId = (prefix) => `${prefix}-${++ids}`;

/** Joins class names, leaving out what is false. */
export const classes = (...names) => names.filter(Boolean).join(' ');
