// What people type is kept in this tab's session until it is saved: <input data-draft="lead/42/note">.
// A draft comes back when its field appears again with the value it had before anyone typed.
const user = () => document.body.dataset.user ?? '';
const keyOf = field => `draft:${user()}:${field.dataset.draft}`;
const isKept = field => field?.dataset?.draft && !['password', 'file', 'hidden', 'radio'].includes(field.type);
const valueOf = field => (field.type === 'checkbox' ? String(field.checked) : field.value);
const bases = new WeakMap();

// a longer text than its field takes would cut the line, and again after each reconnect
const longest = 10000;
const fits = (field, text) => text.length <= (field.maxLength > 0 ? field.maxLength : longest);

const read = field => JSON.parse(sessionStorage.getItem(keyOf(field)) ?? 'null');

function remember(field) {
  const base = read(field)?.base ?? bases.get(field) ?? '';
  const value = valueOf(field);
  if (value === base) sessionStorage.removeItem(keyOf(field));
  else sessionStorage.setItem(keyOf(field), JSON.stringify({ base, value }));
}

function restore(field) {
  const draft = isKept(field) && !bases.has(field) ? read(field) : null;
  if (isKept(field) && !bases.has(field)) bases.set(field, valueOf(field));
  if (!draft) return;
  if (valueOf(field) === draft.value || !fits(field, draft.value)) sessionStorage.removeItem(keyOf(field));
  else if (valueOf(field) === draft.base) {
    if (field.type === 'checkbox') field.checked = draft.value === 'true';
    else field.value = draft.value;
    tell(field);
  }
}

function tell(field) {
  for (const name of ['input', 'change']) field.dispatchEvent(new Event(name, { bubbles: true }));
}

function restoreAll(root) {
  if (root.matches?.('[data-draft]')) restore(root);
  root.querySelectorAll?.('[data-draft]').forEach(restore);
}

/** Sends again what was typed while nobody listened: drafts, and the field that was left when the connection broke. */
export function resend(field) {
  const fields = new Set([...document.querySelectorAll('[data-draft]')].filter(each => isKept(each) && read(each)));
  if (field?.isConnected && 'value' in field) fields.add(field);
  [...fields].filter(each => fits(each, valueOf(each))).forEach(each => each.dispatchEvent(new Event('change', { bubbles: true })));
}

export function forgetDrafts(name) {
  for (const key of Object.keys(sessionStorage)) {
    if (key.startsWith(`draft:${user()}:${name}`)) sessionStorage.removeItem(key);
  }
}

// a form that was sent has done its work once the server answered; until then its drafts stay
const sent = () => JSON.parse(sessionStorage.getItem('drafts-sent') ?? '[]');
function settle() {
  for (const key of sent()) sessionStorage.removeItem(key);
  sessionStorage.removeItem('drafts-sent');
}

export function startDrafts() {
  settle();
  restoreAll(document);
  new MutationObserver(changes => {
    for (const change of changes) change.addedNodes.forEach(restoreAll);
  }).observe(document.body, { childList: true, subtree: true });
  document.addEventListener('focusin', event => { if (isKept(event.target) && !read(event.target)) bases.set(event.target, valueOf(event.target)); });
  document.addEventListener('input', event => { if (isKept(event.target)) remember(event.target); });
  document.addEventListener('submit', event => {
    if (event.target.matches('[data-clears-drafts]')) {
      Object.keys(sessionStorage).filter(key => key.startsWith('draft')).forEach(key => sessionStorage.removeItem(key));
      localStorage.removeItem('visited');
      return;
    }
    // a form that its circuit handles has no method; its page forgets the drafts once it has saved
    if (!event.target.hasAttribute('method')) return;
    const keys = [...event.target.querySelectorAll('[data-draft]')].filter(isKept).map(keyOf);
    if (keys.length) sessionStorage.setItem('drafts-sent', JSON.stringify([...new Set([...sent(), ...keys])]));
  });
  Blazor.addEventListener('enhancedload', settle);
}
