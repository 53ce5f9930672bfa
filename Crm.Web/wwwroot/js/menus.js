// Menus stand under whatever opened them, as long as no browser-wide anchor positioning can be counted on; a phone's are sheets.
// Those with the role of a menu are gone through by arrow keys.
export function startMenus() {
  document.addEventListener('toggle', event => {
    if (event.newState !== 'open') return;
    const menu = event.target;
    if (menu.matches('.menu.under')) place(menu);
    if (menu.matches('[role=menu]') && !menu.contains(document.activeElement)) items(menu)[0]?.focus();
  }, true);
  document.addEventListener('keydown', pressed);
}

const openersOf = menu => [...document.querySelectorAll(`[popovertarget="${menu.id}"]`)].filter(each => !menu.contains(each) && each.checkVisibility());
const items = menu => [...menu.querySelectorAll('[role=menuitem]')].filter(each => !each.disabled && each.checkVisibility());

function place(menu) {
  menu.style.left = menu.style.top = '';
  if (menu.matches('.sheet') && matchMedia('(max-width: 899px)').matches) return;
  const [opener] = openersOf(menu);
  if (!opener) return;
  const box = opener.getBoundingClientRect();
  menu.style.left = `${Math.max(12, Math.min(box.left, innerWidth - menu.offsetWidth - 12))}px`;
  menu.style.top = `${box.bottom + 6 + menu.offsetHeight > innerHeight ? Math.max(12, box.top - 6 - menu.offsetHeight) : box.bottom + 6}px`;
}

// Arrows, Home and End go from item to item, round and round; Esc and Tab leave for whatever opened the menu, Tab on from there.
function pressed(event) {
  const menu = event.target.closest?.('[role=menu]:popover-open');
  if (!menu || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === 'Escape' || event.key === 'Tab') {
    if (event.key === 'Escape') event.preventDefault();
    const [opener] = openersOf(menu);
    menu.hidePopover();
    if (document.activeElement === document.body) opener?.focus();
    return;
  }
  const all = items(menu);
  const here = all.indexOf(document.activeElement);
  const next = { ArrowDown: here + 1, ArrowUp: here < 0 ? -1 : here - 1, Home: 0, End: -1 }[event.key];
  if (next === undefined || !all.length) return;
  event.preventDefault();
  all.at(next % all.length).focus();
}
