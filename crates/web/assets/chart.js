// A chart moved and made larger: by dragging and the wheel, by arrows, + and -, 0 to see all again. Without script all of it is shown.
const frame = document.querySelector('[data-chart]');
const svg = frame?.querySelector('svg');

if (svg) {
  const [, , wide, high] = svg.getAttribute('viewBox').split(' ').map(Number);
  let box = { x: 0, y: 0, w: wide, h: high };
  const show = () => svg.setAttribute('viewBox', `${box.x} ${box.y} ${box.w} ${box.h}`);
  const within = (value, low, high) => Math.min(Math.max(value, low), high);
  const move = (dx, dy) => {
    box.x = within(box.x + dx, -box.w / 2, wide - box.w / 2);
    box.y = within(box.y + dy, -box.h / 2, high - box.h / 2);
    show();
  };
  // The point under the pointer, or the middle, stays where it is.
  const zoom = (by, at = { x: box.x + box.w / 2, y: box.y + box.h / 2 }) => {
    const w = within(box.w * by, wide / 20, wide * 2);
    const scale = w / box.w;
    box = { x: at.x - (at.x - box.x) * scale, y: at.y - (at.y - box.y) * scale, w, h: box.h * scale };
    show();
  };
  const all = () => { box = { x: 0, y: 0, w: wide, h: high }; show(); };
  const at = (event) => {
    const to = svg.getScreenCTM()?.inverse();
    return to && new DOMPoint(event.clientX, event.clientY).matrixTransform(to);
  };
  const keys = {
    '+': () => zoom(0.8), '=': () => zoom(0.8), '-': () => zoom(1.25), 0: all,
    ArrowLeft: () => move(-box.w / 10, 0), ArrowRight: () => move(box.w / 10, 0),
    ArrowUp: () => move(0, -box.h / 10), ArrowDown: () => move(0, box.h / 10),
  };
  frame.addEventListener('keydown', (event) => {
    const act = keys[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey || event.target.matches('button')) return;
    event.preventDefault();
    act();
  });
  // Only with a key held, so that the wheel still moves the page.
  svg.addEventListener('wheel', (event) => {
    if (!event.ctrlKey && !event.shiftKey) return;
    event.preventDefault();
    zoom((event.deltaY || event.deltaX) > 0 ? 1.15 : 0.87, at(event));
  }, { passive: false });
  let held;
  svg.addEventListener('pointerdown', (event) => { if (event.button === 0) held = { from: at(event), moved: false }; });
  svg.addEventListener('pointermove', (event) => {
    if (!held || !held.from) return;
    const now = at(event);
    if (!now) return;
    held.moved ||= Math.hypot(now.x - held.from.x, now.y - held.from.y) > box.w / 100;
    if (held.moved) move(held.from.x - now.x, held.from.y - now.y);
  });
  const let_go = () => setTimeout(() => { held = undefined; });
  svg.addEventListener('pointerup', let_go);
  svg.addEventListener('pointerleave', let_go);
  // What was dragged is not followed.
  svg.addEventListener('click', (event) => { if (held?.moved) event.preventDefault(); }, true);
  svg.addEventListener('dragstart', (event) => event.preventDefault());
  // What the keyboard reaches is brought into sight.
  svg.addEventListener('focusin', (event) => {
    const [x, y] = (event.target.getAttribute('transform') ?? '').match(/-?[\d.]+/g)?.map(Number) ?? [];
    if (x === undefined || (x > box.x && x < box.x + box.w && y > box.y && y < box.y + box.h)) return;
    box.x = x - box.w / 2;
    box.y = y - box.h / 2;
    show();
  });
  for (const button of frame.querySelectorAll('button[data-do]')) {
    button.hidden = false;
    button.addEventListener('click', { in: () => zoom(0.8), out: () => zoom(1.25), all }[button.dataset.do]);
  }
}
