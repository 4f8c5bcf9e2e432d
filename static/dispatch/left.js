// The learner left the player: the thin package around us tells its LMS the last of it. Nothing but
// that fact is told, so any page around may hear it.
if (window.parent !== window) window.parent.postMessage({ subject: "halqa.left" }, "*");
