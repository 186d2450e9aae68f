// A Japanese postal code fills in prefecture, city and street. What the person typed there is left alone.
import { getJson } from "../lib/http.js";
import { make } from "../lib/dom.js";

const PAUSE = 300;
const PARTS = ["address-level1", "address-level2", "address-line1"];

const fieldOf = (form, name) => form.querySelector(`[autocomplete="${name}"]`);

/** The seven digits, however they were typed, or null. */
export function digitsOf(text) {
  const digits = text.normalize("NFKC").replace(/[^0-9]/g, "");
  return digits.length === 7 ? digits : null;
}

/** Puts the found parts where nothing stands, or where we ourselves wrote before. Gives back what it wrote. */
export function fillIn(form, found, ours) {
  return PARTS.flatMap((name) => {
    const field = fieldOf(form, name);
    const value = found[name];
    if (!field || !value || (field.value && field.value !== ours.get(name))) return [];
    field.value = value;
    if (field.value !== value) return [];
    ours.set(name, value);
    return [field];
  });
}

const shown = (field) => (field.tagName === "SELECT" ? field.selectedOptions[0].textContent : field.value);

export function startAddress(form) {
  const code = fieldOf(form, "postal-code");
  if (!code) return;
  const said = make("p", { class: "filled-in", role: "status" });
  code.after(said);
  const ours = new Map();
  let timer = null;
  let asked = null;

  async function ask(digits) {
    asked = digits;
    try {
      const { body } = await getJson(`${form.dataset.addressUrl}?postal_code=${digits}`);
      if (asked !== digits) return;
      const fields = fillIn(form, body, ours);
      said.textContent = fields.map(shown).join(" ");
      if (fields.length) form.dispatchEvent(new Event("change", { bubbles: true }));
    } catch (error) {
      said.textContent = error.status === 404 ? gettext("No address is known for this postal code. Please write it below.") : "";
    }
  }

  code.addEventListener("input", () => {
    clearTimeout(timer);
    const digits = digitsOf(code.value);
    if (digits && digits !== asked) timer = setTimeout(() => ask(digits), PAUSE);
  });
}
