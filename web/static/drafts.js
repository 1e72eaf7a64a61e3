// What is typed into a long form is kept on the server: some seconds after the last key, and on leaving.

const REST = 3000;
const AGAIN = 20000;
/** The server says one line; a form whose session has ended is not led anywhere. */
const ASK = { method: "POST", headers: { Accept: "text/plain" } };

export function drafts() {
  const seen = new WeakSet();
  const look = (form, typed) => {
    if (!form?.matches("form[data-draft]") || seen.has(form)) return;
    seen.add(form);
    keep(form, typed);
  };
  for (const form of document.forms) look(form, false);
  // A part of the page that came later brings its forms along.
  document.addEventListener("input", ({ target }) => look(target.form, true));
}

function keep(form, typed) {
  const told = form.querySelector("[data-kept]");
  // What was refused stands in the form and nowhere else.
  let dirty = typed || Boolean(form.querySelector("[aria-invalid=true]"));
  let sent = false;
  let lost = false;
  let timer = 0;
  let asked = null;

  const save = async (leaving) => {
    clearTimeout(timer);
    if (!told || !dirty || sent || (asked && !leaving)) return;
    dirty = false;
    const body = new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string"));
    asked = new AbortController();
    try {
      const answer = await fetch("/drafts", { ...ASK, body, keepalive: leaving, signal: asked.signal });
      const isWords = answer.headers.get("content-type")?.startsWith("text/plain");
      told.textContent = isWords ? await answer.text() : told.dataset.failed;
      lost = !answer.ok;
    } catch {
      told.textContent = told.dataset.failed;
      lost = true;
    }
    asked = null;
    if (sent) return;
    dirty ||= lost;
    if (dirty) timer = setTimeout(save, lost ? AGAIN : REST);
  };

  form.addEventListener("input", () => {
    dirty = true;
    clearTimeout(timer);
    timer = setTimeout(save, REST);
  });
  form.addEventListener("submit", (event) => {
    if (told && event.submitter?.hasAttribute("data-save")) {
      event.preventDefault();
      dirty = true;
      save();
      return;
    }
    sent = true;
    clearTimeout(timer);
    asked?.abort();
  });
  addEventListener("pagehide", () => save(true));
  addEventListener("visibilitychange", () => { if (document.hidden) save(true); });
  addEventListener("pageshow", () => { sent = false; });
  // Only what could not be kept asks whoever leaves.
  addEventListener("beforeunload", (event) => {
    if (dirty && !sent && (!told || lost)) event.preventDefault();
  });
  if (dirty) timer = setTimeout(save, REST);
}
