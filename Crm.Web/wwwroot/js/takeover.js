// A page is drawn by the server first; its circuit listens a moment later and draws it again. What a person did in between is
// done again then: what was typed is back, the cursor stands where it stood, and the button pressed last is pressed.
const patience = 10000;
const isRoot = comment => /^(Blazor:|bl-root)/.test(comment.data); // Blazor takes the comment away with the first live drawing
const observer = new MutationObserver(settle);
let roots = [];
let early = null;

function look() {
  const comments = document.createTreeWalker(document.body, NodeFilter.SHOW_COMMENT);
  roots = [];
  while (comments.nextNode()) roots.push(comments.currentNode);
  early = { typed: new Map(), focus: null, pressed: null };
  observer.observe(document.body, { childList: true, subtree: true, characterData: true });
  settle();
}

function settle() {
  roots = roots.filter(root => root.isConnected && isRoot(root));
  document.body.toggleAttribute('data-waiting', roots.length > 0);
  if (roots.length > 0) return;
  early.until ??= Date.now() + patience;
  // some of the page may still be loading
  if (!early.typed.size && !early.focus && !early.pressed || Date.now() > early.until) observer.disconnect();
  else redo();
}

const isWaiting = element => roots.length > 0 && element.closest('main') !== null && !element.closest('form[method]');

function nameOf(element) {
  for (const name of ['id', 'data-draft', 'name', 'aria-label', 'placeholder', 'href']) {
    if (element.getAttribute(name)) return `${element.localName}[${name}="${CSS.escape(element.getAttribute(name))}"]`;
  }
  return element.localName;
}

const alike = ({ name, text }) => [...document.querySelectorAll(`main ${name}`)].filter(each => text === undefined || each.textContent.trim() === text);

/** The element of the live page that stands where an early one stood, if there is no doubt which. */
function find(what) {
  const found = alike(what);
  return found.length === 1 ? found[0] : null;
}

function redo() {
  const { typed, focus, pressed } = early;
  for (const [name, { base, value, files }] of typed) {
    const field = find({ name });
    if (!field) continue;
    typed.delete(name);
    if (files) field.files = files;
    else if (field.value === base) field.value = value;
    else continue;
    for (const event of ['input', 'change']) field.dispatchEvent(new Event(event, { bubbles: true }));
  }
  const field = focus && find(focus);
  if (field) {
    early.focus = null;
    if (document.activeElement === document.body) {
      field.focus({ preventScroll: true });
      if (focus.from !== null) field.setSelectionRange?.(focus.from, focus.to);
    }
  }
  const button = pressed && find(pressed);
  if (button) {
    early.pressed = null;
    button.click();
  }
}

// whoever goes on by themselves does not want the old press any more
function goneOn(event) {
  if (event.isTrusted && roots.length === 0) early.pressed = early.focus = null;
}

export function startTakeover() {
  const bases = new WeakMap();
  document.addEventListener('focusin', ({ target }) => {
    if (!isWaiting(target)) return;
    if ('value' in target && !bases.has(target)) bases.set(target, target.value);
    early.focus = { name: nameOf(target), from: null, to: null };
  });
  document.addEventListener('selectionchange', () => {
    const field = document.activeElement;
    if (early.focus && field && isWaiting(field) && /^(text|search|tel|url|password|textarea)$/.test(field.type)) Object.assign(early.focus, { from: field.selectionStart, to: field.selectionEnd });
  });
  document.addEventListener('input', ({ target }) => {
    // drafts come back by themselves
    if (!isWaiting(target) || target.dataset.draft || target.type === 'checkbox' || target.type === 'radio') return;
    early.typed.set(nameOf(target), { base: bases.get(target) ?? target.defaultValue ?? '', value: target.value, files: target.type === 'file' ? target.files : null });
  });
  document.addEventListener('click', event => {
    const button = event.target.closest('button');
    if (!button || !isWaiting(button) || button.hasAttribute('popovertarget')) return;
    // nobody else may hear it: its form would load the page anew, and a part that is live already would do it twice
    event.preventDefault();
    event.stopImmediatePropagation();
    const what = { name: nameOf(button), text: button.textContent.trim() };
    early.pressed = alike(what).length === 1 ? what : null;
  }, true);
  for (const act of ['pointerdown', 'keydown']) document.addEventListener(act, goneOn, true);
  Blazor.addEventListener('enhancedload', look);
  look();
}
