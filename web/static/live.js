// A part of the page looks again by itself, without a reload: focus, scroll and the reader stay.

export function live() {
  const part = document.querySelector("[data-live][data-every]");
  if (!part) return;
  const told = document.querySelector("[data-told]");
  const wait = 1000 * Number(part.dataset.every);
  const look = async () => {
    // Whoever is about to press a button in it keeps it.
    if (document.hidden || part.contains(document.activeElement)) { setTimeout(look, wait); return; }
    let fresh;
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
      if (!answer.ok) throw new Error(answer.status);
      if (answer.redirected) { location.assign(answer.url); return; }
      fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    } catch {
      setTimeout(look, 3 * wait);
      return;
    }
    const now = fresh.querySelector("[data-live]");
    if (!now) { location.reload(); return; }
    part.replaceChildren(...now.childNodes);
    const going = now.dataset.every;
    if (told) told.textContent = going ? fresh.querySelector("[data-told]")?.textContent ?? "" : part.querySelector("h1")?.textContent ?? "";
    if (going) setTimeout(look, wait);
  };
  setTimeout(look, wait);
}
