// What does not fit into a field whole is not pasted by half: a browser would cut it without a word.
const tellings = new WeakMap();

function pasted(event) {
  const field = event.target;
  if (!field.matches?.('input, textarea') || field.maxLength < 0 || field.readOnly || field.disabled) return;
  const text = (event.clipboardData?.getData('text/plain') ?? '').replaceAll('\r\n', '\n');
  // fields for e-mail addresses do not say what is chosen in them, the page does
  const chosen = field.selectionStart === null ? String(getSelection()).length : field.selectionEnd - field.selectionStart;
  const room = field.maxLength - field.value.length + chosen;
  forget(field);
  if (text.length <= room) return;
  event.preventDefault();
  tell(field, `That is ${count(text.length)}; ${Math.max(0, room).toLocaleString('en')}${field.value.length > chosen ? ' more' : ''} fit here. Nothing was pasted.`);
}

const count = length => `${length.toLocaleString('en')} ${length === 1 ? 'character' : 'characters'}`;

function tell(field, words) {
  const telling = document.createElement('span');
  telling.className = 'errmsg';
  telling.setAttribute('role', 'alert');
  const around = field.closest('.field');
  if (around) around.append(telling);
  else field.after(telling);
  telling.textContent = words;
  tellings.set(field, telling);
  field.addEventListener('input', () => forget(field), { once: true });
}

function forget(field) {
  tellings.get(field)?.remove();
  tellings.delete(field);
}

export function startPaste() {
  document.addEventListener('paste', pasted, true);
}
