// What script adds to every page; each page works without it.
import { weights, facets, single } from "./forms.js";
import { rows } from "./keys.js";
import { drop } from "./drop.js";

weights();
facets();
single();
rows();
drop();

const wait = document.querySelector("[data-refresh]");
if (wait) setTimeout(() => location.reload(), 1000 * Number(wait.dataset.refresh));

// The first thing to correct gets the focus.
document.querySelector(".errors a, [aria-invalid='true']")?.focus();
