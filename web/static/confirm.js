// Confirming a CV: a fact and its place light up together; one key for each decision.
// Everything here is a link, a radio button or a checkbox that works without it.

import { keysOff, typing } from "./keys.js";

const LIT = "lit";
const SHOW = "roster-cv-shown";

/** Show the pages or the text of the document; the other one keeps its room in the page's memory. */
function show(pane, form, which) {
  if (!pane.querySelector(`[data-shown="${which}"]`)) return;
  for (const part of pane.querySelectorAll("[data-shown]")) part.hidden = part.dataset.shown !== which;
  for (const link of pane.querySelectorAll("[data-view]")) {
    if (link.dataset.view === which) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  const field = form.querySelector("input[name=show]");
  if (field) field.value = which;
  sessionStorage.setItem(SHOW, which);
}

function shown(pane) {
  return pane.querySelector("[data-shown]:not([hidden])")?.dataset.shown;
}

/**
 * Scroll a part of the document into the middle of its pane. The page itself moves only where
 * somebody asked for the place: a page that moves under a press makes it miss.
 */
function reveal(element, page) {
  const box = element.closest(".scroll");
  const own = box && box.scrollHeight > box.clientHeight + 1 && getComputedStyle(box).overflowY !== "visible";
  if (!own) {
    if (page) element.scrollIntoView({ block: "nearest" });
    return;
  }
  const at = element.getBoundingClientRect(), frame = box.getBoundingClientRect();
  box.scrollTop += at.top - frame.top - (frame.height - at.height) / 2;
}

function unfold(element) {
  for (let at = element; at; at = at.parentElement) if (at.matches("details")) at.open = true;
}

export function confirm() {
  const form = document.querySelector("form[data-confirm]");
  const pane = document.querySelector("[data-pane]");
  if (!form || !pane) return;

  /** Light a fact with every place of it; the document moves to the one that is asked for. */
  const light = (number, scroll, page = false) => {
    document.querySelectorAll(`.${LIT}`).forEach((one) => one.classList.remove(LIT));
    if (!number) return;
    const at = (one) => ["b", "m"].map((kind) => document.getElementById(kind + one)).filter(Boolean);
    const row = rowOf(number);
    for (const one of new Set([number, ...[...row?.querySelectorAll("[data-place]") ?? []].map((tie) => tie.dataset.place)])) {
      [...at(one), ...pane.querySelectorAll(`[data-m="${one}"]`)].forEach((mark) => mark.classList.add(LIT));
    }
    row?.classList.add(LIT);
    const marks = at(number);
    if (!scroll || !marks.length) return;
    const visible = () => marks.find((one) => !one.closest("[hidden]"));
    if (!visible()) show(pane, form, marks[0].closest("[data-shown]").dataset.shown);
    reveal(visible(), page);
  };
  const rowOf = (number) => document.getElementById(`f${number}`)?.closest("[data-fact]");
  const numberOf = (row) => row?.querySelector("[data-place]")?.dataset.place;

  // Rows: the facts that can be seen, one of them in the tab order.
  const rows = () => [...form.querySelectorAll("[data-fact]")].filter((row) => row.checkVisibility());
  let here = null;
  form.querySelectorAll("[data-fact]").forEach((row) => { row.tabIndex = -1; });
  const enter = (row) => {
    if (!row) return;
    unfold(row.parentElement);
    row.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  };
  const wide = matchMedia("(min-width: 60.01rem)");
  form.addEventListener("focusin", ({ target }) => {
    const row = target.closest("[data-fact]");
    if (!row || row === here) return;
    if (here) here.tabIndex = -1;
    here = row;
    row.tabIndex = 0;
    light(numberOf(row), wide.matches);
  });
  const step = (by) => {
    const all = rows();
    enter(all[Math.max(0, Math.min(all.length - 1, all.indexOf(here) + by))]);
  };

  // Decisions.
  const cards = [...form.querySelectorAll(".fact.check")];
  const undecided = (row) => {
    const empty = row.querySelector("input[type=radio][value='']");
    return empty?.checked && ![...row.querySelectorAll(".correct :is(input, select)")].some(changed);
  };
  const changed = (field) => field.matches("select")
    ? [...field.options].some((one) => one.selected !== one.defaultSelected) && field.selectedIndex > -1
    : field.value !== field.defaultValue;
  const count = form.querySelector("[data-decided]");
  const tell = () => {
    for (const row of cards) row.classList.toggle("decided", !undecided(row));
    if (!count) return;
    count.textContent = cards.filter((row) => !undecided(row) && row.querySelector("input[value='']")).length;
    count.parentElement.hidden = false;
  };
  form.addEventListener("input", tell);
  tell();
  const say = (...values) => {
    const row = here?.checkVisibility() ? here : null;
    if (!row) return;
    const radio = values.map((value) => row.querySelector(`input[type=radio][value='${value}']`)).find(Boolean);
    const strike = row.querySelector("input[type=checkbox]");
    if (radio) radio.checked = true;
    else if (strike) strike.checked = values.includes("wrong");
    else return;
    form.dispatchEvent(new Event("input", { bubbles: true }));
    step(1);
  };
  /** Take every fact of this kind as right that nobody has decided on. */
  const sayAll = (kind) => {
    for (const row of cards.filter((one) => kind?.contains(one) && undecided(one))) {
      row.querySelector("input[type=radio][value=right]").checked = true;
    }
    form.dispatchEvent(new Event("input", { bubbles: true }));
    enter(cards.find(undecided) ?? here);
  };
  for (const button of form.querySelectorAll("[data-all]")) {
    button.hidden = false;
    button.addEventListener("click", () => sayAll(button.closest("[data-kind]")));
  }
  const correct = () => {
    const details = here?.querySelector("details.correct");
    if (!details) return;
    details.open = true;
    details.querySelector("input, select")?.focus();
  };
  const onward = () => {
    const asked = form.querySelector("#twins");
    if (asked && !asked.querySelector(":checked")) {
      asked.scrollIntoView({ block: "nearest" });
      asked.querySelector("input[type=radio]").focus();
      return;
    }
    const next = cards.find(undecided);
    if (next) enter(next); else form.requestSubmit(form.querySelector(".btn.main"));
  };
  const other = () => show(pane, form, shown(pane) === "picture" ? "text" : "picture");
  const acts = {
    j: () => step(1), ArrowDown: () => step(1), k: () => step(-1), ArrowUp: () => step(-1),
    a: () => say("right"), A: () => sayAll(here?.closest("[data-kind]")), x: () => say("wrong", "keep"), r: () => say("wrong", "keep"), z: () => say(""),
    e: correct, o: () => light(numberOf(here), true, true), v: other, Enter: onward,
    n: () => form.querySelector("[data-later]")?.click(),
  };
  const send = form.querySelector(".btn.main");
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && send) {
      event.preventDefault();
      form.requestSubmit(send);
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const field = event.target.closest(".correct :is(input, select)");
    if (field && (event.key === "Escape" || (event.key === "Enter" && field.matches("input")))) {
      // Done with this correction: back to the fact, not the whole form sent by accident.
      event.preventDefault();
      enter(field.closest("[data-fact]"));
      return;
    }
    if (keysOff() || typing(event.target)) return;
    const pressed = event.target.closest("a, button, summary, [type=radio], [type=checkbox], [role=region]");
    if (pressed && /^(Enter|Arrow)/.test(event.key)) return;
    const act = send && acts[event.key];
    if (act) { event.preventDefault(); act(); }
  });

  // Places: from a fact to its words and back.
  form.addEventListener("click", (event) => {
    const place = event.target.closest("[data-place]");
    if (place) {
      event.preventDefault();
      light(place.dataset.place, true, true);
      return;
    }
    const row = event.target.closest("[data-fact]");
    if (row && !event.target.closest("a, button, summary, label, input, select")) enter(row);
  });
  pane.addEventListener("click", (event) => {
    const view = event.target.closest("[data-view]");
    if (view) { event.preventDefault(); show(pane, form, view.dataset.view); return; }
    const mark = event.target.closest("a[href^='#f']");
    const row = mark && rowOf(mark.id.slice(1));
    if (!row) return;
    event.preventDefault();
    enter(row);
    light(mark.id.slice(1), false);
  });

  // A link into something folded opens it; a picture that cannot be drawn gives way to the text.
  const follow = () => {
    const target = location.hash && document.getElementById(location.hash.slice(1));
    if (target && form.contains(target)) { unfold(target); target.scrollIntoView({ block: "nearest" }); }
  };
  addEventListener("hashchange", follow);
  follow();
  const fallen = () => show(pane, form, "text");
  for (const image of pane.querySelectorAll(".pic img")) {
    image.addEventListener("error", fallen);
    if (image.complete && !image.naturalWidth) fallen();
  }
  const kept = sessionStorage.getItem(SHOW);
  if (kept && !new URLSearchParams(location.search).has("show")) show(pane, form, kept);
  if (send && !document.querySelector(".errors, [aria-invalid='true']") && cards.length && !location.hash && wide.matches) enter(cards[0]);
}
