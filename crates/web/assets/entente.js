// Live pages: when something changed the page fetches itself and swaps the parts that differ. Without script everything works.
const me = document.querySelector('script[data-news]');
const events = me?.dataset.live;
let source, timer;

const dirty = (root) => [...root.querySelectorAll('input, textarea, select')].some((c) =>
  c.type === 'checkbox' || c.type === 'radio' ? c.checked !== c.defaultChecked
  : c.tagName === 'SELECT' ? [...c.options].some((o) => o.selected !== o.defaultSelected) && c.selectedIndex > 0
  : c.type !== 'hidden' && c.value !== c.defaultValue);

function say() {
  if (document.getElementById('live-news')) return;
  const box = document.createElement('p');
  box.id = 'live-news';
  box.setAttribute('role', 'status');
  const link = document.createElement('a');
  link.href = location.href;
  link.textContent = me.dataset.news;
  box.append(link);
  document.body.append(box);
}

async function refresh() {
  if (document.hidden) return;
  let fresh;
  try {
    const answer = await fetch(location.href, { headers: { 'x-entente-part': 'live' }, credentials: 'same-origin' });
    // Signed out meanwhile: what was read does not stay on the screen, unless something is half typed.
    if (answer.redirected && !dirty(document)) location.reload();
    if (!answer.ok || answer.redirected) return;
    fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
  } catch { return; }
  let unplaced = false;
  for (const part of document.querySelectorAll('[data-live-part][id]')) {
    const next = fresh.getElementById(part.id);
    if (!next) { unplaced = true; continue; }
    const open = [...part.querySelectorAll('details')].map((d) => d.open);
    if (next.innerHTML === part.dataset.last || next.innerHTML === part.innerHTML) continue;
    const busy = part.contains(document.activeElement) || open.some(Boolean) || dirty(part);
    if (busy) { unplaced = true; continue; }
    const swapped = document.adoptNode(next);
    swapped.dataset.last = swapped.innerHTML;
    if (part.id !== 'demo') swapped.classList.add('fresh');
    part.replaceWith(swapped);
  }
  for (const next of fresh.querySelectorAll('main [data-live-part][id]')) if (!document.getElementById(next.id)) unplaced = true;
  if (unplaced) say();
}

const soon = () => { clearTimeout(timer); timer = setTimeout(refresh, 350); };

function listen() {
  if (document.hidden) { source?.close(); source = undefined; return; }
  if (source || !events) return;
  source = new EventSource(events);
  source.addEventListener('change', soon);
}

if (events && document.querySelector('[data-live-part]')) {
  listen();
  document.addEventListener('visibilitychange', () => { listen(); if (!document.hidden) soon(); });
  setInterval(refresh, 60_000); // "in 3 hours" grows old
  addEventListener('pagehide', () => source?.close());
}

// Typing is use: the session does not end for idleness under a long text. Asked of an address that shows and records nothing.
let told = 0;
addEventListener('input', () => {
  if (!events || Date.now() - told < 240_000) return;
  told = Date.now();
  fetch('/api/v1/me', { credentials: 'same-origin' }).catch(() => {});
});

// Keyboard: "/" searches; Escape closes a menu; Ctrl+Enter sends the form one types in.
addEventListener('keydown', (e) => {
  const typing = e.target.closest?.('input, textarea, select');
  if (e.key === '/' && !typing && !e.ctrlKey && !e.metaKey && !e.altKey) {
    const box = document.querySelector('[data-search]');
    if (box) { e.preventDefault(); box.focus(); box.select(); }
  } else if (e.key === 'Escape') {
    for (const menu of document.querySelectorAll('details.more[open]')) { menu.open = false; menu.querySelector('summary')?.focus(); }
  } else if (e.key === 'Enter' && (e.ctrlKey || e.metaKey) && e.target.matches?.('textarea')) {
    e.target.form?.requestSubmit();
  }
});
// What is said of the keyboard is true only where this runs.
for (const said of document.querySelectorAll('[data-scripted]')) said.hidden = false;
// Pages of a document turn by the arrow keys, in the direction of the language.
addEventListener('keydown', (e) => {
  if (e.ctrlKey || e.metaKey || e.altKey || e.shiftKey || e.target.closest?.('input, textarea, select, summary')) return;
  const way = { ArrowRight: 1, ArrowLeft: -1 }[e.key] * (document.documentElement.dir === 'rtl' ? -1 : 1);
  if (way) document.querySelector(`[data-turning] a[rel=${way > 0 ? 'next' : 'prev'}]`)?.click();
});
// One menu at a time, however it was opened.
addEventListener('toggle', (e) => {
  if (!e.target.open || !e.target.matches('details.more')) return;
  for (const menu of document.querySelectorAll('details.more[open]')) if (menu !== e.target) menu.open = false;
}, true);
addEventListener('click', (e) => {
  for (const menu of document.querySelectorAll('details.more[open]')) if (!menu.contains(e.target)) menu.open = false;
});
// A form is sent once; a page that Back brings up again, with its forms as they were left, may send them again.
addEventListener('pageshow', () => { for (const form of document.forms) delete form.dataset.sent; });
addEventListener('submit', (e) => {
  // What opens in a window of its own records nothing.
  if (e.submitter?.formTarget === '_blank') return;
  // What waits for a passkey was not sent yet.
  if (e.defaultPrevented) return;
  if (e.target.dataset.sent) { e.preventDefault(); return; }
  const files = e.target.querySelector('input[type=file][data-sending]');
  if (files?.files.length) { e.preventDefault(); send(e.target, e.submitter, files); return; }
  if (e.target.method === 'post') { e.target.dataset.sent = '1'; setTimeout(() => delete e.target.dataset.sent, 4000); }
});

// Files go up with their progress. What is typed and chosen stays if the line breaks or whoever sends stops it.
function send(form, submitter, files) {
  const words = files.dataset;
  const share = new Intl.NumberFormat(document.documentElement.lang, { style: 'percent' });
  const made = (tag, text) => Object.assign(document.createElement(tag), { textContent: text });
  const [box, said, bar, stop] = [made('div', ''), made('p', words.sending), made('progress', ''), made('button', words.stop)];
  document.getElementById('sending')?.remove();
  box.id = 'sending';
  said.setAttribute('role', 'status');
  bar.setAttribute('aria-label', words.sending);
  stop.type = 'button';
  box.append(said, bar, stop);
  files.closest('.field').append(box);
  box.scrollIntoView({ block: 'nearest' });
  form.dataset.sent = '1';

  const request = new XMLHttpRequest();
  const end = (text) => { delete form.dataset.sent; bar.remove(); stop.remove(); said.textContent = text; };
  const sizes = [...files.files].map((file) => file.size);
  if (Math.max(...sizes) > words.each) { end(words.largeEach); return; }
  if (sizes.reduce((all, size) => all + size, 0) > words.most) { end(words.large); return; }
  let tenth = 0;
  request.upload.addEventListener('progress', ({ loaded, total }) => {
    bar.value = loaded / total;
    if (Math.floor(10 * bar.value) === tenth) return; // a reader of the screen hears ten steps, not a thousand
    tenth = Math.floor(10 * bar.value);
    said.textContent = `${words.sending}: ${share.format(tenth / 10)}`;
  });
  request.upload.addEventListener('load', () => { bar.removeAttribute('value'); stop.remove(); said.textContent = words.kept; });
  request.addEventListener('error', () => end(words.broken));
  request.addEventListener('abort', () => end(words.stopped));
  stop.addEventListener('click', () => request.abort());
  request.addEventListener('load', () => {
    const place = request.getResponseHeader('x-entente-go');
    if (place) {
      const there = new URL(place, location.href);
      const same = there.pathname === location.pathname && there.search === location.search;
      location.assign(there);
      if (same) location.reload(); // another place on a page is no new page
      return;
    }
    const main = new DOMParser().parseFromString(request.responseText, 'text/html').querySelector('main');
    if (!main) { end(words.broken); return; }
    document.querySelector('main').replaceWith(document.adoptNode(main));
    scrollTo(0, 0);
  });
  request.open('POST', submitter?.hasAttribute('formaction') ? submitter.formAction : form.action);
  request.setRequestHeader('x-entente-sent', '1');
  // What is typed goes before what takes long: a file that is refused gives the form back as it was.
  const data = new FormData(form, submitter);
  const large = data.getAll(files.name);
  data.delete(files.name);
  for (const file of large) data.append(files.name, file);
  request.send(data);
}
