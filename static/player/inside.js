// Units within another site's page: the list, and a unit in its frame.

const root = document.querySelector('[data-inside]');
const back = root.querySelector('form[data-back]');

// The unit came back, by itself.
addEventListener('message', (event) => {
  if (event.origin !== location.origin || event.data?.halqa !== 'returned') return;
  // A button that does it stands in the form; a script names it the same way.
  const button = back.querySelector('button');
  if (button) back.requestSubmit(button);
  else back.requestSubmit();
});

// A unit in a window of its own tells nobody: who comes back from there sees what is new.
let elsewhere = false;
for (const form of root.querySelectorAll('form[data-alone]')) {
  form.addEventListener('submit', () => {
    elsewhere = true;
  });
}
addEventListener('focus', () => {
  if (elsewhere) back.requestSubmit();
});

const full = root.querySelector('[data-full]');
if (full && document.fullscreenEnabled) {
  full.hidden = false;
  full.addEventListener('click', () => {
    if (document.fullscreenElement) document.exitFullscreen();
    else root.requestFullscreen();
  });
  document.addEventListener('fullscreenchange', () => {
    full.setAttribute('aria-pressed', String(Boolean(document.fullscreenElement)));
  });
}
