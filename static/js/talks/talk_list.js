// The list of talks: a chosen filter applies at once; words are sent with the button or Enter.
import { find } from "../lib/dom.js";
import { showOwnTime } from "../events/own_time.js";

const form = find("[data-search]");
form?.addEventListener("change", (event) => {
  if (event.target instanceof HTMLSelectElement) form.requestSubmit();
});
// Empty fields would only make the address long.
form?.addEventListener("formdata", ({ formData }) => {
  for (const [name, value] of [...formData]) if (!value) formData.delete(name);
});

const zone = find("[data-zone]")?.dataset.zone;
if (zone) showOwnTime(zone, ".rows time");

const print = find("[data-print]");
if (print) print.hidden = false;
print?.addEventListener("click", () => window.print());
