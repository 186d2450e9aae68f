// The registration form: what was typed is kept (drafts), one press sends once, a postal code fills in its address.
import "../lib/drafts.js";
import { startAddress } from "./registration_address.js";

/** The draft asks for the session before the form leaves; a second press meanwhile would send it twice. */
function holdSecondPress(form) {
  let leaving = false;
  form.addEventListener(
    "submit",
    (event) => {
      if (leaving) {
        event.preventDefault();
        event.stopImmediatePropagation();
        return;
      }
      leaving = true;
    },
    { capture: true },
  );
  const release = () => {
    leaving = false;
    delete form.dataset.sent;
    form.querySelector(".busy")?.classList.remove("busy");
  };
  window.addEventListener("pageshow", release);
  document.addEventListener("close", release, { capture: true });
}

const form = document.querySelector("form[data-address-url]");
if (form) {
  holdSecondPress(form);
  startAddress(form);
}
