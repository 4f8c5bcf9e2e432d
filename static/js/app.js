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
const drops = (within) => {
  for (const zone of within.querySelectorAll("[data-drop]")) {
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
};

// <form data-upload>: sends as soon as a file is chosen, shows how far it is, then shows the
// answer in place of the page's main part (the answer is read once: its flash is not lost).
const uploads = (within) => {
  for (const form of within.querySelectorAll("form[data-upload]")) {
    const input = form.querySelector("input[type=file]");
    const zone = form.querySelector("[data-drop]");
    const progress = form.querySelector("[data-progress]");
    const bar = progress.querySelector("progress");
    const text = progress.querySelector("span");
    const trouble = form.querySelector("[data-trouble]");
    const lang = document.documentElement.lang;
    const percent = new Intl.NumberFormat(lang === "ar" ? "ar-TN" : lang, { style: "percent" });
    let busy = false;
    const show = (done) => {
      progress.hidden = false;
      // All is sent: the package is being looked through now, for as long as that takes.
      if (done < 1) bar.value = done;
      else bar.removeAttribute("value");
      text.textContent = done < 1 ? percent.format(done) : progress.dataset.textChecking;
    };
    const stop = (what) => {
      busy = false;
      zone.inert = false;
      progress.hidden = true;
      trouble.hidden = false;
      trouble.querySelector("p").textContent = trouble.dataset[what];
      input.value = "";
      trouble.focus();
    };
    const send = () => {
      if (busy || !input.files.length) return;
      trouble.hidden = true;
      if (input.files[0].size > Number(form.dataset.limit)) return stop("textLarge");
      busy = true;
      zone.inert = true;
      zone.querySelector("[data-name]").textContent = input.files[0].name;
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
        const main = document.adoptNode(answer);
        document.querySelector("main").replaceWith(main);
        ready(main);
        (main.querySelector("[data-focus]") ?? main).focus();
        scrollTo(0, 0);
      };
      request.onerror = () => stop("textCut");
      show(0);
      request.send(new FormData(form));
    };
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      send();
    });
    // A form with more to fill in waits for its button.
    input.addEventListener("change", () => {
      if (form.dataset.upload !== "wait") return form.requestSubmit();
      if (input.files.length) zone.querySelector("[data-name]").textContent = input.files[0].name;
    });
  }
};

const ready = (within) => {
  drops(within);
  uploads(within);
};
ready(document);

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
