// Single keys in a list of people. They do nothing in fields and can be switched off.

const OFF = "roster-keys-off";

/** Whether single keys are switched off in this browser. */
export function keysOff() {
  return Boolean(localStorage.getItem(OFF));
}

/** Whether what is pressed goes into a field. */
export function typing(element) {
  return element.closest("input:not([type=checkbox], [type=radio], [type=range]), select, textarea, [contenteditable]");
}

export function rows() {
  const box = document.querySelector("[data-keys-switch]");
  if (box) {
    box.checked = !localStorage.getItem(OFF);
    box.addEventListener("change", () => {
      if (box.checked) localStorage.removeItem(OFF); else localStorage.setItem(OFF, "1");
    });
  }
  // Asked anew each time: the list is put in another order while the page stays.
  const all = () => [...document.querySelectorAll(".person")];
  const tell = () => {
    const count = document.querySelector(".tray output");
    if (count) count.textContent = document.querySelectorAll(".pick :checked").length;
  };
  document.addEventListener("change", tell);
  tell();
  let last = -1;
  const go = (place) => {
    const people = all();
    if (!people.length) return;
    last = Math.max(0, Math.min(people.length - 1, place));
    people.forEach((row, at) => { row.tabIndex = at === last ? 0 : -1; });
    people[last].focus();
    people[last].scrollIntoView({ block: "nearest" });
  };
  const tick = (place, on) => {
    const pick = all()[place]?.querySelector(".pick input");
    if (!pick) return;
    pick.checked = on ?? !pick.checked;
    pick.dispatchEvent(new Event("change", { bubbles: true }));
  };
  let from = -1;
  const acts = {
    "/": () => { const box = document.querySelector("#q"); if (box?.checkVisibility?.() ?? true) box?.focus(); else location.assign("/search"); },
    j: () => go(last + 1),
    k: () => go(last - 1),
    o: () => all()[last]?.querySelector(".why > summary")?.click(),
    x: () => { tick(last); from = last; },
    X: () => { for (let at = Math.min(from, last); at <= Math.max(from, last); at++) tick(at, true); },
    s: () => all()[last]?.querySelector("button[name=only]")?.click(),
    c: () => document.querySelector(".tray [data-key=c]")?.click(),
    t: () => document.querySelector(".tray [data-key=t]")?.click(),
    w: () => document.querySelector("form.weights input")?.focus(),
    f: () => document.querySelector(".facets summary, .facets input")?.focus(),
    u: () => document.querySelector("[data-key=u]")?.click(),
    "?": () => {
      const told = document.querySelector("details#keys");
      if (!told) { location.assign("/about/accessibility#keys"); return; }
      told.open = !told.open;
      told.scrollIntoView({ block: "nearest" });
    },
  };
  document.addEventListener("focusin", ({ target }) => {
    const at = all().indexOf(target.closest?.(".person"));
    if (at >= 0) last = at;
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || localStorage.getItem(OFF)) return;
    if (event.key === "Escape") document.querySelectorAll(".menu[open], .mainnav [open]").forEach((menu) => { menu.open = false; });
    if (typing(event.target)) return;
    if (event.key === "Enter" && event.target.matches(".person")) acts.o();
    const act = acts[event.key];
    if (act) { event.preventDefault(); act(); }
  });
}
