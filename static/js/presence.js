// The presence list on a phone without a line: each tick is kept here first, with a number, and
// sent when it can be. The server takes each number once, so nothing is lost or counted twice.
//
// Every opening of the page is a device of its own; what an earlier one left unsent is sent by
// whichever page comes next, under the earlier one's name.

const form = document.querySelector("[data-presence]");

/** Prefix of what is kept for one seminar. */
const prefix = (slug) => `halqa-presence:${slug}:`;

/** Ticks sent together at most: the server's limit on a body. */
const BATCH = 20;
const PAUSE = 4000;

const fresh = () => {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
};

const read = (key) => {
  try {
    return JSON.parse(localStorage.getItem(key)) ?? [];
  } catch {
    return [];
  }
};

/** All queues of this seminar, by device. */
const queues = (start) =>
  Object.keys(localStorage).filter((key) => key.startsWith(start)).map((key) => [key, key.slice(start.length)]);

function open(form) {
  const start = prefix(form.dataset.presence);
  const device = fresh();
  const own = start + device;
  const state = form.querySelector("[role=status]");
  let seq = 0;
  let busy = false;

  const boxes = () => [...form.querySelectorAll("input[name=present]")];
  const waiting = () => queues(start).reduce((sum, [key]) => sum + read(key).length, 0);

  const show = (offline) => {
    const left = waiting();
    state.dataset.state = left === 0 ? "saved" : offline ? "offline" : "saving";
    const words = left === 0 ? state.dataset.saved : offline ? state.dataset.offline : state.dataset.waiting;
    state.textContent = left === 0 ? words : `${words} (${left})`;
  };

  const send = async () => {
    if (busy) return;
    busy = true;
    let offline = false;
    try {
      for (const [key, name] of queues(start)) {
        for (let ticks = read(key); ticks.length > 0; ticks = read(key)) {
          const answer = await fetch(form.dataset.post, {
            method: "POST",
            headers: { "Content-Type": "application/json" },
            body: JSON.stringify({ device: name, ticks: ticks.slice(0, BATCH) }),
          });
          if (!answer.ok) throw new Error(String(answer.status));
          const { next } = await answer.json();
          // Read again: a tick may have been kept while this was under way.
          const left = read(key).filter((tick) => tick.seq >= next);
          if (left.length > 0) localStorage.setItem(key, JSON.stringify(left));
          else localStorage.removeItem(key);
          if (left.length > 0 && left[0].seq === ticks[0].seq) break;
        }
      }
    } catch {
      offline = true;
    }
    busy = false;
    show(offline);
  };

  form.addEventListener("change", (event) => {
    const box = event.target;
    if (box.name !== "present") return;
    seq += 1;
    const tick = { seq, meeting: form.dataset.meeting, person: box.value, present: box.checked, at: Date.now() };
    localStorage.setItem(own, JSON.stringify([...read(own), tick]));
    show(false);
    send();
  });

  // What was ticked here and not yet sent shows as ticked, whatever the page says.
  const kept = queues(start).flatMap(([key]) => read(key)).filter((tick) => tick.meeting === form.dataset.meeting);
  kept.sort((a, b) => a.at - b.at);
  for (const tick of kept) {
    const box = boxes().find((box) => box.value === tick.person);
    if (box) box.checked = tick.present;
  }

  form.querySelector("[data-save]").hidden = true;
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("online", send);
  setInterval(() => waiting() > 0 && send(), PAUSE);
  send();
}

if (form) open(form);
