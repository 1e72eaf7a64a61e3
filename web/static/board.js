// The shortlist by drag and by keys, and a word when somebody else changes it.
// Each move sends the form that stands on the card, which works without script, too.
import { keysOff, typing } from "./keys.js";

const LOOK = 15000;

export function board() {
  const stages = document.querySelector("[data-stages]");
  watch();
  if (!stages) return;
  const cards = () => [...stages.querySelectorAll(".card")];

  /** Send a card's own form with another stage; nothing happens where the form has no such stage. */
  const move = (card, stage) => {
    const form = card.querySelector("form.mover");
    const select = form?.elements.stage;
    if (!select || form.querySelector("[aria-busy]")) return;
    select.value = stage;
    if (select.value === stage) form.requestSubmit();
  };

  let held = null;
  for (const card of cards()) {
    if (card.querySelector("form.mover")) card.draggable = matchMedia("(pointer: fine)").matches;
    // A name is a link, which browsers would drag instead of the card.
    for (const link of card.querySelectorAll("a")) link.draggable = false;
    card.tabIndex = -1;
  }
  const first = document.querySelector(".card:target") ?? cards()[0];
  if (first) first.tabIndex = 0;

  stages.addEventListener("dragstart", (event) => {
    const card = event.target.closest?.(".card");
    if (!card || event.target !== card) return;
    held = card;
    card.classList.add("dragged");
    event.dataTransfer.effectAllowed = "move";
    // Firefox drags nothing without data; an id says nothing about anybody.
    event.dataTransfer.setData("text/plain", card.id);
  });
  const over = (event) => (held ? event.target.closest(".col") : null);
  stages.addEventListener("dragover", (event) => {
    const col = over(event);
    if (!col || col.contains(held)) return;
    event.preventDefault();
    for (const one of stages.querySelectorAll(".col")) one.classList.toggle("over", one === col);
  });
  stages.addEventListener("drop", (event) => {
    const col = over(event);
    if (!col || col.contains(held)) return;
    event.preventDefault();
    move(held, col.dataset.stage);
  });
  stages.addEventListener("dragend", () => {
    held?.classList.remove("dragged");
    held = null;
    for (const one of stages.querySelectorAll(".over")) one.classList.remove("over");
  });

  const go = (step) => {
    const all = cards();
    const at = all.indexOf(document.activeElement?.closest(".card"));
    const next = all[at < 0 ? 0 : Math.max(0, Math.min(all.length - 1, at + step))];
    for (const one of all) one.tabIndex = one === next ? 0 : -1;
    next?.focus();
    next?.scrollIntoView({ block: "nearest" });
  };
  const beside = (card, step) => {
    const cols = [...stages.querySelectorAll(".col")];
    const to = cols[cols.indexOf(card.closest(".col")) + step];
    if (to) move(card, to.dataset.stage);
  };
  const note = (card) => {
    const field = card.querySelector("[id^=nt-]");
    field?.closest("details").setAttribute("open", "");
    field?.focus();
  };
  document.addEventListener("keydown", (event) => {
    // Brackets need AltGr on many keyboards, which some systems call Ctrl and Alt.
    const altGr = event.getModifierState("AltGraph");
    if (((event.ctrlKey || event.metaKey || event.altKey) && !altGr) || keysOff() || typing(event.target)) return;
    const card = document.activeElement?.closest(".card");
    const act = {
      j: () => go(1),
      k: () => go(-1),
      "[": () => card && beside(card, -1),
      "]": () => card && beside(card, 1),
      n: () => card && note(card),
    }[event.key];
    if (act) { event.preventDefault(); act(); }
  });
  // Who was just moved keeps the focus, so that the next key acts on her.
  if (location.hash.startsWith("#card-")) document.querySelector(location.hash)?.focus({ preventScroll: true });
}

/** Say when the list was changed elsewhere; the page itself stays, with all that is typed in it. */
function watch() {
  const told = document.querySelector("[data-watch]");
  if (!told) return;
  const look = async () => {
    if (!document.hidden) {
      try {
        const answer = await fetch(told.dataset.watch);
        if (answer.status === 200 && !answer.redirected) {
          const link = document.createElement("a");
          link.href = location.pathname;
          link.textContent = told.dataset.link;
          told.replaceChildren(await answer.text(), " ", link);
          return;
        }
      } catch { /* Out of reach for now: looked at again below. */ }
    }
    setTimeout(look, LOOK);
  };
  setTimeout(look, LOOK);
}
