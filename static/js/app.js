// Small comforts only: every page works without this file.

// Menus close on Escape and on a click elsewhere.
const menus = () => document.querySelectorAll("details[data-menu][open]");
document.addEventListener("click", (event) => {
  for (const menu of menus()) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of menus()) {
    const inside = menu.contains(document.activeElement);
    menu.open = false;
    if (inside) menu.querySelector("summary").focus();
  }
});

// A refused form announces its summary.
document.querySelector("[data-focus]")?.focus();

// A drop zone takes a dropped file as if it had been chosen.
for (const zone of document.querySelectorAll("[data-drop]")) {
  const input = zone.querySelector("input[type=file]");
  const over = (on) => (event) => {
    event.preventDefault();
    zone.classList.toggle("is-over", on);
  };
  zone.addEventListener("dragover", over(true));
  zone.addEventListener("dragleave", over(false));
  zone.addEventListener("drop", (event) => {
    over(false)(event);
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

// <form data-upload>: sends as soon as a file is chosen, shows how far it is, then shows the
// answer in place of the page's main part (the answer is read once: its flash is not lost).
for (const form of document.querySelectorAll("form[data-upload]")) {
  const progress = form.querySelector("[data-progress]");
  const bar = progress.querySelector("progress");
  const text = progress.querySelector("span");
  const percent = new Intl.NumberFormat(document.documentElement.lang === "ar" ? "ar-TN" : document.documentElement.lang, { style: "percent" });
  const show = (done) => {
    progress.hidden = false;
    bar.value = done;
    text.textContent = percent.format(done);
  };
  const send = () => {
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "text/html");
    request.responseType = "document";
    request.upload.onprogress = (event) => event.lengthComputable && show(event.loaded / event.total);
    request.onload = () => {
      const answer = request.response?.querySelector("main");
      if (!answer) return location.assign(request.responseURL);
      history.replaceState(null, "", request.responseURL);
      document.title = request.response.title;
      document.querySelector("main").replaceWith(document.adoptNode(answer));
      (answer.querySelector("[data-focus]") ?? answer).focus();
    };
    request.onerror = () => {
      progress.hidden = true;
      form.submit();
    };
    show(0);
    request.send(new FormData(form));
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send();
  });
  form.querySelector("input[type=file]").addEventListener("change", () => form.requestSubmit());
}

// Arrow keys step through a replay, in the direction in which the page is read.
const steps = document.querySelector("[data-steps]");
if (steps) {
  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest("input, textarea, select, .scroll")) return;
    const onward = document.documentElement.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
    const back = document.documentElement.dir === "rtl" ? "ArrowRight" : "ArrowLeft";
    const wanted = { [onward]: "next", [back]: "previous" }[event.key];
    const link = wanted && steps.querySelector(`[data-step=${wanted}]`);
    if (!link) return;
    event.preventDefault();
    link.click();
  });
}
