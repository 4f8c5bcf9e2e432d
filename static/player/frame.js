// The page on the packages' origin around one unit that is shown within another site's page.

const address = location.hash.slice(1);
// What the unit proves itself with stands in its address: not for the history of this frame.
history.replaceState(null, '', location.pathname);

if (/^https?:\/\//.test(address)) {
  const frame = document.createElement('iframe');
  frame.title = document.title;
  frame.allow = 'fullscreen; autoplay';
  frame.allowFullscreen = true;
  frame.src = address;
  document.getElementById('stage').append(frame);
}
