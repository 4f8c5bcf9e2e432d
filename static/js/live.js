// New statements appear at the top of the list while the page is looked at. Without this file the
// link above the list reloads it.

const list = document.querySelector("[data-live]");
if (list) {
  const status = document.querySelector("[data-live-status]");
  const lang = document.documentElement.lang;
  const number = new Intl.NumberFormat(lang === "ar" ? "ar-TN-u-nu-latn" : lang);
  const EVERY = 5000;
  const MOST = 200;
  let came = 0;
  let address = new URL(list.dataset.live, location.href);
  const look = async () => {
    if (document.hidden) return;
    const answer = await fetch(address, { headers: { Accept: "text/html" } });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const known = new Set([...list.children].map((line) => line.dataset.stored));
    const fresh = [...page.querySelectorAll(".list > li[data-stored]")].filter(
      (line) => !known.has(line.dataset.stored),
    );
    if (!fresh.length) return;
    list.prepend(...fresh.map((line) => document.adoptNode(line)));
    list.hidden = false;
    document.querySelector(".empty")?.remove();
    while (list.children.length > MOST) list.lastElementChild.remove();
    address.searchParams.set("after", fresh[0].dataset.stored);
    came += fresh.length;
    status.textContent = `${status.dataset.textNew} ${number.format(came)}`;
  };
  status.textContent = status.dataset.textOn;
  setInterval(() => look().catch(() => {}), EVERY);
}
