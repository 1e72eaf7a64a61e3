// Sliders move the list at once: those shown by their stored points, then everybody by the server.
// Each rest of the sliders makes a ranking that is kept, with an address of its own.

const REST = 450;

export function weights() {
  const form = document.querySelector("form.weights");
  if (!form) return;
  const write = new Intl.NumberFormat(document.documentElement.lang);
  const one = new Intl.NumberFormat(document.documentElement.lang, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const sliders = () => [...form.querySelectorAll("input[type=range]")];
  const told = form.querySelector("[data-told]");
  let timer = 0;
  let asked = null;

  const say = (slider) => {
    const words = `×${write.format(slider.value)}`;
    slider.setAttribute("aria-valuetext", words);
    const out = form.querySelector(`output[for="${CSS.escape(slider.id)}"]`);
    if (out) out.textContent = words;
    slider.closest(".w").classList.toggle("on", Number(slider.value) !== 1);
  };

  form.addEventListener("input", ({ target }) => {
    if (target.type !== "range") return;
    say(target);
    clearTimeout(timer);
    asked?.abort();
    reorder(sliders(), one);
  });
  form.addEventListener("change", ({ target }) => {
    if (target.type !== "range") return;
    clearTimeout(timer);
    timer = setTimeout(() => send(null), REST);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    clearTimeout(timer);
    send(event.submitter);
  });
  addEventListener("popstate", () => get(location.href));

  const send = async (button) => {
    const body = new URLSearchParams(new FormData(form));
    if (button?.name) body.set(button.name, button.value);
    const page = await load(form.action, { method: "POST", body });
    if (!page) return;
    if (location.href !== page.url) history.pushState(null, "", page.url);
    show(page.html, button);
  };
  const get = async (url) => {
    const page = await load(url, {});
    if (page) show(page.html, null);
  };

  const load = async (url, how) => {
    asked?.abort();
    const mine = asked = new AbortController();
    const list = document.querySelector("[data-swap=list]");
    list?.setAttribute("aria-busy", "true");
    // A short wait is not worth a word.
    const slow = setTimeout(() => { told.textContent = form.dataset.waiting; }, 400);
    try {
      const answer = await fetch(url, { ...how, headers: { Accept: "text/html" }, signal: mine.signal });
      const html = new DOMParser().parseFromString(await answer.text(), "text/html");
      // Signed out meanwhile, or refused: the page that says so is shown.
      if (answer.ok && !html.querySelector("form.weights")) { location.assign(answer.url); return null; }
      if (!answer.ok) throw new Error(answer.status);
      return { url: answer.url, html };
    } catch {
      if (!mine.signal.aborted) told.textContent = form.dataset.failed;
      return null;
    } finally {
      clearTimeout(slow);
      if (asked === mine) list?.removeAttribute("aria-busy");
    }
  };

  const show = (html, button) => {
    swap(html);
    for (const slider of sliders()) {
      const fresh = html.getElementById(slider.id);
      if (!fresh) continue;
      slider.defaultValue = fresh.getAttribute("value");
      slider.value = slider.defaultValue;
      say(slider);
    }
    told.textContent = html.querySelector("[data-told]")?.textContent ?? "";
    document.title = html.title;
    if (button && !button.isConnected) {
      const again = button.name && form.querySelector(`button[name=way][value="${CSS.escape(button.value)}"]`);
      (again || form.querySelector("p.row button")).focus();
    }
  };
}

/** Put those shown in the order that the sliders give, as far as their stored points tell. */
function reorder(sliders, one) {
  const shift = {};
  for (const { name, value, defaultValue } of sliders) {
    // What counted nothing until now left no points to enlarge: the server knows.
    if (Number(defaultValue)) shift[name.slice(2)] = Number(value) / Number(defaultValue);
  }
  const list = document.querySelector("ol.people");
  const rows = [...list?.querySelectorAll(":scope > .person[data-parts]") ?? []];
  const places = rows.map((row) => row.querySelector(".place").textContent);
  const scored = rows.map((row) => {
    const parts = row.dataset.parts.split(" ").map((part) => {
      const [css, points, most] = part.split(":");
      return { css, points: Number(points), most: Number(most) * (shift[css] ?? 1) };
    });
    const most = parts.reduce((sum, part) => sum + part.most, 0);
    if (!most) return null;
    const scale = Object.fromEntries(parts.map((part) => [part.css, 100 * (shift[part.css] ?? 1) / most]));
    return { row, scale, score: parts.reduce((sum, part) => sum + part.points * scale[part.css], 0) };
  });
  if (!rows.length || scored.includes(null)) return;
  scored.sort((left, right) => right.score - left.score);
  scored.forEach(({ row, scale, score }, at) => {
    row.querySelector(".score b").textContent = one.format(score);
    row.querySelector(".place").textContent = row.dataset.place = places[at];
    draw(row.querySelector(".bar"), scale);
    if (list.children[at] !== row) list.insertBefore(row, list.children[at]);
  });
}

/** Stretch the pieces of a bar; what they were is kept beside, so that nothing drifts. */
function draw(bar, scale) {
  let start = 0;
  for (const piece of bar.querySelectorAll("rect:not(.base)")) {
    piece.dataset.was ??= piece.getAttribute("width");
    const width = parseFloat(piece.dataset.was) * (scale[piece.classList[0]] ?? 1);
    piece.setAttribute("x", `${start}%`);
    piece.setAttribute("width", `${width}%`);
    start += width;
  }
}

/** Take the parts of another page that change; what is ticked and open stays so. */
function swap(html) {
  const ticked = new Set([...document.querySelectorAll(".pick :checked")].map((box) => box.value));
  const open = new Set([...document.querySelectorAll(".person:has(> .why[open])")].map((row) => row.id));
  for (const part of document.querySelectorAll("[data-swap]")) {
    const fresh = html.querySelector(`[data-swap="${part.dataset.swap}"]`);
    if (fresh) part.replaceChildren(...fresh.childNodes);
  }
  for (const box of document.querySelectorAll(".pick input")) box.checked = ticked.has(box.value);
  for (const id of open) document.getElementById(id)?.querySelector(":scope > .why")?.setAttribute("open", "");
  document.dispatchEvent(new Event("change"));
}
