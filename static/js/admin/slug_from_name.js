// The address follows the English name until somebody writes one of their own.
import { find } from "../lib/dom.js";

const name = find("#id_name_en");
const slug = find("#id_slug");
const longest = slug.maxLength > 0 ? slug.maxLength : 40;
let proposed = slugOf(name.value);

name.addEventListener("input", () => {
  const isOwn = slug.value !== "" && slug.value !== proposed;
  proposed = slugOf(name.value);
  if (!isOwn) slug.value = proposed;
});

function slugOf(text) {
  const plain = text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "");
  const words = plain.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  return words.join("-").slice(0, longest).replace(/-$/, "");
}
