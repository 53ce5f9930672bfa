// What account pages need of a browser beside plain forms.
// Passkeys on static pages: a form with data-passkey asks the browser before it is sent, and sends the answer along.
// Where the browser knows no passkeys the form stays hidden, or is sent without an answer and says so.
const knows = () => 'credentials' in navigator && typeof window.PublicKeyCredential?.parseRequestOptionsFromJSON === 'function';
let waiting = null;

class Refused extends Error {}

async function ask(form) {
  const said = { __RequestVerificationToken: form.querySelector('[name=__RequestVerificationToken]').value };
  const password = form.querySelector('[type=password]');
  if (password) said.password = password.value;
  const answer = await fetch(form.dataset.question, { method: 'POST', body: new URLSearchParams(said) });
  if (answer.ok) return answer.json();
  throw [422, 429].includes(answer.status) ? new Refused(await answer.text()) : new Error(`asked for a passkey question, got ${answer.status}`);
}

async function answer(form, options = {}) {
  const question = await ask(form);
  return form.dataset.passkey === 'create'
    ? navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(question), ...options })
    : navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(question), ...options });
}

function send(form, credential) {
  form.querySelector('[name$=redential]').value = JSON.stringify(credential);
  form.submit();
}

async function submitted(event) {
  const form = event.target.closest('form[data-passkey]');
  if (!form || !knows() || !form.checkValidity()) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  waiting?.abort();
  const failed = form.querySelector('[data-passkey-failed]');
  const words = failed.querySelector('span');
  failed.hidden = true;
  failed.dataset.words ??= words.textContent;
  try {
    send(form, await answer(form));
  } catch (error) {
    // turned down by the shop, a person or their device: the other ways in are still there
    words.textContent = error instanceof Refused ? error.message : failed.dataset.words;
    failed.hidden = false;
  }
}

// the browser offers its passkeys in the list below the sign-in field, and nothing happens until one is chosen
async function offer() {
  waiting?.abort();
  const form = document.querySelector('form[data-passkey=get]');
  if (!form || !knows()) return;
  form.hidden = false;
  // what was refused a moment ago is not offered again by itself
  if (new URLSearchParams(location.search).has('passkey')) return;
  if (!(await PublicKeyCredential.isConditionalMediationAvailable?.())) return;
  waiting = new AbortController();
  try {
    const credential = await answer(form, { mediation: 'conditional', signal: waiting.signal });
    if (credential) send(form, credential);
  } catch {
    // not wanted, or left for the button
  }
}

// what only a script can do is shown only where one runs
function reveal() {
  document.querySelectorAll('[data-copies], [data-prints]').forEach(button => { button.hidden = false; });
}

async function clicked(event) {
  if (event.target.closest('[data-prints]')) return print();
  const copier = event.target.closest('[data-copies]');
  if (!copier) return;
  const lines = [...document.getElementById(copier.dataset.copies).children].map(each => each.textContent.trim());
  await navigator.clipboard.writeText(lines.join('\n'));
  copier.querySelector('span').textContent = 'Copied';
}

export function startAccount() {
  document.addEventListener('submit', submitted, true);
  document.addEventListener('click', clicked);
  Blazor.addEventListener('enhancedload', () => { reveal(); offer(); });
  reveal();
  offer();
}
