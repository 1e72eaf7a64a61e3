// What script adds to every page; each page works without it.
import { drafts } from "./drafts.js";
import { facets, single } from "./forms.js";
import { weights } from "./weights.js";
import { rows } from "./keys.js";
import { confirm } from "./confirm.js";
import { drop } from "./drop.js";
import { live } from "./live.js";
import { team } from "./team.js";
import { board } from "./board.js";

weights();
drafts();
facets();
single();
rows();
drop();
live();
team();
board();
confirm();

// A press that takes long says so, and is not sent twice.
addEventListener("submit", ({ defaultPrevented, submitter, target }) => {
  if (!defaultPrevented && (target.method === "post" || "slow" in target.dataset)) (submitter ?? target.querySelector("button"))?.setAttribute("aria-busy", "true");
});
addEventListener("pageshow", () => document.querySelectorAll("button[aria-busy]").forEach((one) => one.removeAttribute("aria-busy")));

const wait = document.querySelector("[data-refresh]");
const look = () => {
  // Files that somebody is about to send are not lost by looking again.
  const chosen = [...document.querySelectorAll("input[type=file]")].some((input) => input.files.length);
  if (chosen || document.activeElement?.closest("form")) setTimeout(look, 1000);
  else location.reload();
};
if (wait) setTimeout(look, 1000 * Number(wait.dataset.refresh));

// The first thing to correct gets the focus.
document.querySelector(".errors a, [aria-invalid='true']")?.focus();
