// Lists by keyboard: arrow keys go from row to row, from the search field into the list; Enter opens, as any link does.
export function startRows() {
  document.addEventListener('keydown', event => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp' || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const here = event.target.closest('.rows .open');
    const fromSearch = event.key === 'ArrowDown' && event.target.matches('[data-key="/"]');
    if (!here && !fromSearch) return;
    const list = here ? here.closest('.rows') : document.querySelector('.rows');
    const rows = [...(list?.querySelectorAll('.open') ?? [])];
    const next = rows[here ? rows.indexOf(here) + (event.key === 'ArrowDown' ? 1 : -1) : 0];
    if (!next) return;
    event.preventDefault();
    next.focus();
  });
}
