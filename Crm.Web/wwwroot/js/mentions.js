// Typing @ in <textarea data-mentions="id-of-the-list" data-names="Ama Boakye|Tunde Balogun"> offers colleagues: arrows choose, Enter or Tab
// takes, Esc leaves. What is taken is plain text: @Ama Boakye.
const most = 8;
const fold = text => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
let open = null;

const listOf = area => document.getElementById(area.dataset.mentions);

function typed(area) {
  const before = area.value.slice(0, area.selectionStart);
  const match = /(^|[^\p{L}\p{N}])@([\p{L}\p{N}'’.-]*(?: [\p{L}\p{N}'’.-]*)?)$/u.exec(before);
  return match ? { from: area.selectionStart - match[2].length, word: match[2] } : null;
}

function close() {
  if (!open) return;
  const { area, list } = open;
  list.hidden = true;
  list.replaceChildren();
  area.removeAttribute('aria-activedescendant');
  open = null;
}

function show(area) {
  const at = typed(area);
  const list = listOf(area);
  const names = at && list ? area.dataset.names.split('|').filter(name => name && fold(name).split(' ').some((_, i, words) => words.slice(i).join(' ').startsWith(fold(at.word)))) : [];
  if (!at || names.length === 0 || names.some(name => fold(name) === fold(at.word))) return close();
  list.replaceChildren(...names.slice(0, most).map((name, i) => {
    const item = document.createElement('li');
    item.id = `${list.id}-${i}`;
    item.className = 'item';
    item.setAttribute('role', 'option');
    item.textContent = name;
    return item;
  }));
  list.hidden = false;
  open = { area, list, from: at.from, chosen: 0 };
  mark(0);
}

function mark(chosen) {
  const items = [...open.list.children];
  open.chosen = (chosen + items.length) % items.length;
  items.forEach((item, i) => {
    item.classList.toggle('on', i === open.chosen);
    item.setAttribute('aria-selected', String(i === open.chosen));
  });
  open.area.setAttribute('aria-activedescendant', items[open.chosen].id);
}

// Inserted as if it had been typed: it can be undone, and the field is told to the server when it is left, not while somebody writes on.
function take(name) {
  const { area, from } = open;
  close();
  area.focus();
  area.setSelectionRange(from, area.selectionEnd);
  if (document.execCommand('insertText', false, `${name} `)) return;
  area.setRangeText(`${name} `, from, area.selectionEnd, 'end');
  area.dispatchEvent(new Event('input', { bubbles: true }));
  area.addEventListener('blur', () => area.dispatchEvent(new Event('change', { bubbles: true })), { once: true });
}

export function startMentions() {
  document.addEventListener('input', event => {
    if (event.target.matches?.('textarea[data-mentions]') && event.isTrusted) show(event.target);
  });
  document.addEventListener('keydown', event => {
    if (!open || event.target !== open.area) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) mark(open.chosen + step);
    else if (event.key === 'Enter' || event.key === 'Tab') take(open.list.children[open.chosen].textContent);
    else if (event.key === 'Escape') close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }, true);
  document.addEventListener('pointerdown', event => {
    const item = open && event.target.closest?.('li');
    if (!item || item.parentElement !== open.list) return;
    event.preventDefault();
    take(item.textContent);
  });
  document.addEventListener('focusout', event => {
    if (open?.area === event.target) close();
  });
}
