// The command palette's keys: opens it from anywhere, walks its lines, and remembers what this browser opened lately.
const store = 'visited';
const most = 20;
let view = null;
let dialog = null;
let timer = 0;
let push = null;

const lines = () => [...dialog.querySelectorAll('[role=option]')];
const chosen = () => dialog.querySelector('[aria-selected=true]');
const field = () => dialog.querySelector('[data-palette-text]');

function read() {
  try {
    return JSON.parse(localStorage.getItem(store)) ?? [];
  } catch {
    return [];
  }
}

function note() {
  const match = /^\/(leads|customers|opportunities)\/([0-9a-f-]{36})$/.exec(location.pathname);
  if (!match) return;
  const kind = { leads: 'lead', customers: 'customer', opportunities: 'opportunity' }[match[1]];
  const others = read().filter(each => each.id !== match[2]);
  try {
    localStorage.setItem(store, JSON.stringify([{ kind, id: match[2] }, ...others].slice(0, most)));
  } catch {
    // a browser that keeps nothing has no recent records
  }
}

function open(keys) {
  if (dialog.open) dialog.close();
  else view.invokeMethodAsync('OpenAsync', keys, JSON.stringify(read()));
}

function mark(line) {
  chosen()?.setAttribute('aria-selected', 'false');
  line?.setAttribute('aria-selected', 'true');
  line?.scrollIntoView({ block: 'nearest' });
  if (line) field()?.setAttribute('aria-activedescendant', line.id);
  else field()?.removeAttribute('aria-activedescendant');
}

function walked(event) {
  const all = lines();
  const at = all.indexOf(chosen());
  const next = { ArrowDown: at + 1, ArrowUp: at - 1 }[event.key];
  if (next !== undefined && all.length > 0) {
    event.preventDefault();
    mark(all[(next + all.length) % all.length]);
  } else if (event.key === 'Enter' && at >= 0) {
    event.preventDefault();
    all[at].click();
  }
}

function typed(event) {
  if (event.target !== field()) return;
  clearTimeout(timer);
  timer = setTimeout(() => view?.invokeMethodAsync('SearchAsync', field()?.value ?? ''), 90);
}

function clicked(event) {
  if (event.target === dialog || event.target.closest?.('[data-palette] a')) dialog.close();
}

export function start(self) {
  view = self;
  dialog = document.querySelector('[data-palette]');
  // before the page takes a link for itself
  document.addEventListener('click', clicked, true);
  dialog.addEventListener('keydown', walked);
  dialog.addEventListener('input', typed);
  addEventListener('popstate', note);
  // pages that change their address by themselves, as the lead board does, are heard as well
  push = history.pushState;
  history.pushState = function (...args) {
    push.apply(history, args);
    note();
  };
  note();
  shell.palette(open);
}

export function stop() {
  shell.palette(null);
  document.removeEventListener('click', clicked, true);
  removeEventListener('popstate', note);
  if (push) history.pushState = push;
  view = dialog = push = null;
}

export function show() {
  if (!dialog.open) dialog.showModal();
  field()?.focus();
  drawn();
}

export function drawn() {
  if (!chosen()) mark(lines()[0]);
}
