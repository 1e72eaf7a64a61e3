// Forms that send themselves, drafts that are kept, buttons that are pressed once.

/** The factor beside a slider follows it; letting go ranks again. */
export function weights() {
  const form = document.querySelector("form.weights");
  if (!form) return;
  const write = new Intl.NumberFormat(document.documentElement.lang);
  form.addEventListener("input", ({ target }) => {
    const out = form.querySelector(`output[for="${CSS.escape(target.id)}"]`);
    if (out) out.textContent = `×${write.format(target.value)}`;
  });
  let timer = 0;
  form.addEventListener("change", () => {
    clearTimeout(timer);
    timer = setTimeout(() => form.requestSubmit(), 700);
  });
}

/** A filter applies at once. */
export function facets() {
  for (const form of document.querySelectorAll(".facets form")) {
    form.addEventListener("change", () => form.requestSubmit());
  }
}

/** A form is sent once; a draft of a long one survives an accident in this tab. */
export function single() {
  for (const form of document.forms) {
    form.addEventListener("submit", (event) => {
      if (form.dataset.sent) event.preventDefault();
      form.dataset.sent = "1";
      setTimeout(() => delete form.dataset.sent, 4000);
    });
  }
  addEventListener("pageshow", () => {
    for (const form of document.forms) delete form.dataset.sent;
  });
  const form = document.querySelector("form[data-draft]");
  if (!form) return;
  let dirty = false;
  form.addEventListener("input", () => { dirty = true; });
  form.addEventListener("submit", () => { dirty = false; });
  addEventListener("beforeunload", (event) => { if (dirty) event.preventDefault(); });
}
