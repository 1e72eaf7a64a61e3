// Forms that send themselves, buttons that are pressed once.

/** A filter applies at once. */
export function facets() {
  document.addEventListener("change", ({ target }) => target.closest?.(".facets form")?.requestSubmit());
}

/** A form is sent once. */
export function single() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented) return;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "1";
    setTimeout(() => delete form.dataset.sent, 4000);
  });
  addEventListener("pageshow", () => {
    for (const form of document.forms) delete form.dataset.sent;
  });
}
