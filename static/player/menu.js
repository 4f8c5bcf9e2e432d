// The list of activities beside a course: what can be chosen now, and why the rest cannot.

/**
 * Why an activity cannot be chosen, in one of the page's words (`data-text-why-…`), by the code
 * the engine answers with (SCORM 2004 SN, pseudo-code; `S12-…` for SCORM 1.2).
 */
export function why(code) {
  switch (code) {
    // Leaving the open activity, or its block, by choice is not allowed.
    case 'NB.2.1-8':
    case 'SB.2.9-7':
      return 'finish';
    // The course's blocks are walked through, not chosen from.
    case 'NB.2.1-9':
    case 'NB.2.1-10':
    case 'SB.2.4-1':
    case 'SB.2.4-2':
    case 'SB.2.9-4':
    case 'SB.2.9-6':
    case 'SB.2.9-8':
      return 'order';
    // Prerequisites.
    case 'S12-3':
      return 'before';
    // Disabled or hidden by a rule of the course.
    default:
      return 'later';
  }
}

/** The menu in the page. */
export class Menu {
  #root;
  #list;
  #text;
  #choose;
  #shown = '';

  /**
   * @param {object} parts
   * @param {Element} parts.root the player's element: holds the templates of the states
   * @param {Element} parts.list the `<ol>`
   * @param {(name: string) => string} parts.text the page's words
   * @param {(id: string) => void} parts.choose
   */
  constructor({ root, list, text, choose }) {
    this.#root = root;
    this.#list = list;
    this.#text = text;
    this.#choose = choose;
  }

  /** Shows the activities; what is the same as before is left alone, and the focus stays. */
  show(activities, current) {
    const visible = activities.filter((activity) => activity.visible && !activity.hidden);
    const shown = JSON.stringify([visible, current]);
    if (shown === this.#shown) return;
    this.#shown = shown;
    const focused = this.#list.contains(document.activeElement)
      ? document.activeElement.dataset.activity
      : null;
    const first = Math.min(...visible.map((activity) => activity.depth));
    this.#list.replaceChildren(
      ...visible.map((activity) => this.#item(activity, activity.id === current, first)),
    );
    if (focused) this.focus(focused);
  }

  /** Gives the keyboard to an activity, else to the open one. */
  focus(id) {
    const items = [...this.#list.querySelectorAll('[data-activity]')];
    const found =
      items.find((item) => item.dataset.activity === id) ??
      items.find((item) => item.hasAttribute('aria-current')) ??
      items[0];
    found?.focus();
  }

  #item(activity, here, first) {
    const li = document.createElement('li');
    li.style.setProperty('--depth', String(activity.depth - first));
    const open = activity.valid;
    const inside = document.createElement(open ? 'button' : 'span');
    inside.dataset.activity = activity.id;
    if (open) {
      inside.type = 'button';
      inside.addEventListener('click', () => this.#choose(activity.id));
    } else inside.tabIndex = -1;
    inside.className = 'tree-item';
    if (here) inside.setAttribute('aria-current', 'true');
    const state = open || here || !activity.leaf ? activity.state : lockedOr(activity.state);
    const cell = this.#root.querySelector(`template[data-cell="${state}"]`);
    if (activity.leaf && cell) inside.append(cell.content.cloneNode(true));
    const words = document.createElement('span');
    words.className = 'player-words';
    const title = document.createElement('span');
    title.dir = 'auto';
    title.textContent = activity.title;
    words.append(title);
    if (!activity.valid && !here && activity.leaf) {
      const reason = document.createElement('span');
      reason.className = 'player-why';
      reason.dataset.reason = activity.reason ?? '';
      reason.textContent = this.#text(`why-${why(activity.reason)}`);
      words.append(reason);
    }
    inside.append(words);
    li.append(inside);
    return li;
  }
}

/** What nobody has begun and nobody can choose wears a lock; what is done stays done. */
function lockedOr(state) {
  return state === 'not-started' ? 'locked' : state;
}
