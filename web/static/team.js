// The team board without a reload: buttons, drag and arrows send the one form that moves people.
// The server holds every move against the rules; each button and link works without script, too.

export function team() {
  const board = document.querySelector("[data-board]");
  if (!board?.querySelector("#mover")) return;

  const show = async (url, { push = true, focus } = {}) => {
    board.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(url, { headers: { Accept: "text/html" } });
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      const now = fresh.querySelector("[data-board]");
      if (!now?.querySelector("#mover")) throw new Error(answer.status);
      const open = [...board.querySelectorAll("details[id][open]")].map((one) => one.id);
      board.replaceChildren(...now.childNodes);
      for (const id of open) document.getElementById(id)?.setAttribute("open", "");
      if (push) history.pushState(null, "", answer.url);
      ready();
      (board.querySelector(focus) ?? board.querySelector("[aria-current]"))?.focus();
      const told = board.querySelector("#told");
      setTimeout(() => { told.textContent = board.querySelector("[data-told]").textContent; }, 100);
    } catch {
      location.assign(url);
    } finally {
      board.removeAttribute("aria-busy");
    }
  };

  const move = (what, focus) => {
    const form = board.querySelector("#mover");
    const fields = new URLSearchParams(new FormData(form));
    fields.set("do", what);
    return show(`${form.action}?${fields}`, { focus });
  };

  /** Seats take part in the order of Tab one at a time; people can be dragged. */
  const ready = () => {
    board.querySelectorAll(".seat").forEach((seat, at) => { seat.tabIndex = at ? -1 : 0; });
    board.querySelectorAll(".seat[data-who] > .sitter, .offer").forEach((one) => { one.draggable = true; });
  };

  board.addEventListener("submit", (event) => {
    if (event.target.id !== "mover" || !event.submitter) return;
    event.preventDefault();
    const seat = event.submitter.closest(".seat");
    move(event.submitter.value, seat ? `#${seat.id}` : undefined);
  });
  board.addEventListener("click", (event) => {
    const link = event.target.closest(".proposals a, .ways a, .side a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    show(link.href);
  });
  addEventListener("popstate", () => show(location.href, { push: false }));

  board.addEventListener("keydown", (event) => {
    const seat = event.target.closest(".seat");
    if (!seat || event.target.matches("input")) return;
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    const swap = seat.querySelector("details.offers");
    const offers = [...seat.querySelectorAll(".offer button")];
    const inOffers = offers.indexOf(event.target);
    if (step && inOffers >= 0) {
      offers[(inOffers + step + offers.length) % offers.length].focus();
    } else if (step && event.target === seat) {
      const seats = [...board.querySelectorAll(".seat")];
      const next = seats[(seats.indexOf(seat) + step + seats.length) % seats.length];
      for (const one of seats) one.tabIndex = one === next ? 0 : -1;
      next.focus();
    } else if (event.key === "Enter" && event.target === seat) {
      swap?.setAttribute("open", "");
      offers[0]?.focus();
    } else if (event.key === "Escape" && event.target !== seat) {
      swap?.removeAttribute("open");
      seat.focus();
    } else return;
    event.preventDefault();
  });

  let dragged = "";
  board.addEventListener("dragstart", (event) => {
    const one = event.target.closest?.("[draggable=true]");
    dragged = one?.closest("[data-who]")?.dataset.who ?? "";
    if (!dragged) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged);
    board.classList.add("dragging");
  });
  const over = (event) => {
    const seat = event.target.closest?.(".seat");
    if (!dragged || !seat || seat.dataset.who === dragged) return;
    event.preventDefault();
    seat.classList.add("over");
    // What it would change stands on the seat before anybody lets go.
    const offer = seat.querySelector(`.offer[data-who="${CSS.escape(dragged)}"]`);
    seat.dataset.sum = offer?.querySelector(".num")?.textContent ?? "";
  };
  const leave = (event) => {
    const seat = event.target.closest?.(".seat");
    if (seat && !seat.contains(event.relatedTarget)) seat.classList.remove("over");
  };
  board.addEventListener("dragenter", over);
  board.addEventListener("dragover", over);
  board.addEventListener("dragleave", leave);
  board.addEventListener("drop", (event) => {
    const seat = event.target.closest?.(".seat");
    if (!dragged || !seat || seat.dataset.who === dragged) return;
    event.preventDefault();
    move(`seat:${seat.dataset.seat - 1}:${dragged}`, `#${seat.id}`);
  });
  board.addEventListener("dragend", () => {
    dragged = "";
    board.classList.remove("dragging");
    board.querySelectorAll(".over").forEach((one) => one.classList.remove("over"));
  });
  ready();
}
