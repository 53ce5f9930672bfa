// The board's address: panel and filter change it without a new page; history brings them back. data-home says which board it is.
let page = null;
let home = '/leads';

const ours = url => url.pathname === home || (url.pathname.startsWith(`${home}/`) && /^(new|[0-9a-f-]{36})$/i.test(url.pathname.slice(home.length + 1)));
const local = url => url.pathname + url.search;

function clicked(event) {
  const link = event.target.closest?.('a[href]');
  if (!link || event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const url = new URL(link.href);
  if (url.origin !== location.origin || link.hasAttribute('download') || link.target) return;
  if (link.hasAttribute('data-open') && ours(url)) {
    event.preventDefault();
    event.stopPropagation();
    page.invokeMethodAsync('GoAsync', local(url), false);
  }
}

// before Blazor hears of it: it would load the page anew
function popped(event) {
  if (!page || !ours(location)) return;
  event.stopImmediatePropagation();
  page.invokeMethodAsync('GoAsync', local(location), true);
}

// Ctrl+Enter saves what is being written; the field is left first, so that its last word is heard, and
// entered again
function pressed(event) {
  if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
  const save = event.target.closest('[data-saves]')?.querySelector('[data-save]');
  if (!save || save.disabled) return;
  event.preventDefault();
  event.target.blur();
  save.click();
  event.target.focus();
}

export function start(self) {
  page = self;
  home = document.querySelector('[data-home]')?.dataset.home ?? '/leads';
  document.addEventListener('click', clicked, true);
  addEventListener('popstate', popped, true);
  document.addEventListener('keydown', pressed);
}

export function stop() {
  page = null;
  document.removeEventListener('click', clicked, true);
  removeEventListener('popstate', popped, true);
  document.removeEventListener('keydown', pressed);
}

export function show(address, replace) {
  if (address === local(location)) return;
  if (replace) history.replaceState(history.state, '', address);
  else history.pushState(null, '', address);
}

export function copyLink(path) {
  return navigator.clipboard.writeText(new URL(path, location.origin).href);
}
