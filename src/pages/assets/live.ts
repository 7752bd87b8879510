/**
 * The script of every page, as the browser runs it; all works without it. Where something happened,
 * the content is read again and put in the place of the old, unless somebody is at work in it.
 */
export const LIVE_SCRIPT = `
const showSelectAll = () => {
  for (const box of document.querySelectorAll('input[data-all]')) box.hidden = false;
};
const main = document.querySelector('main[data-live]');
if (main && 'EventSource' in window) {
  let pending = false;
  const isBusy = () =>
    main.contains(document.activeElement) && document.activeElement !== main ||
    main.querySelector('input:checked, dialog[open], details[open], textarea') !== null;
  const refresh = async () => {
    if (isBusy() || document.hidden) { pending = true; return; }
    pending = false;
    const answer = await fetch(location.href, { headers: { 'X-Live': '1' }, redirect: 'error' }).catch(() => undefined);
    if (!answer || !answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const fresh = page.querySelector('main');
    if (fresh && !isBusy()) main.replaceChildren(...fresh.childNodes);
    showSelectAll();
  };
  const events = new EventSource('/events');
  events.addEventListener('changed', refresh);
  document.addEventListener('visibilitychange', () => { if (pending) refresh(); });
  main.addEventListener('focusout', () => { if (pending) setTimeout(refresh, 200); });
  addEventListener('pagehide', () => events.close());
}
showSelectAll();
document.addEventListener('change', ({ target: box }) => {
  if (!box.dataset.all) return;
  for (const each of document.querySelectorAll('input[name="' + box.dataset.all + '"]')) each.checked = box.checked;
});
`;
