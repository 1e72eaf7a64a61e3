// Files may be dropped on the form that takes them.

export function drop() {
  for (const zone of document.querySelectorAll(".drop")) {
    const input = zone.querySelector("input[type=file]");
    if (!input) continue;
    const told = zone.querySelector("[data-chosen]");
    const tell = () => { if (told) told.textContent = [...input.files].map((file) => file.name).slice(0, 5).join(", ") + (input.files.length > 5 ? " …" : ""); };
    input.addEventListener("change", tell);
    for (const name of ["dragover", "dragenter"]) zone.addEventListener(name, (event) => { event.preventDefault(); zone.classList.add("over"); });
    for (const name of ["dragleave", "drop"]) zone.addEventListener(name, () => zone.classList.remove("over"));
    zone.addEventListener("drop", (event) => {
      event.preventDefault();
      if (event.dataTransfer?.files.length) { input.files = event.dataTransfer.files; tell(); }
    });
  }
}
