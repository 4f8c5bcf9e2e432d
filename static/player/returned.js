// A unit was left. Ours may be any of the pages around: the message is for our own origin alone,
// and says nothing but that.

for (let at = window; at !== at.parent; ) {
  at = at.parent;
  at.postMessage({ halqa: 'returned' }, location.origin);
}
