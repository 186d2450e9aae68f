// Questions back to the person: really delete, and merge into which.
import { make } from "../../lib/dom.js";

/** True when the person agrees. */
export async function agreeToDelete(question) {
  const answer = await ask(
    gettext("Delete this question?"),
    make("p", { class: "q-quote", dir: "auto" }, question.body),
    make("button", { class: "btn", value: "", autofocus: true }, gettext("Keep it")),
    make("button", { class: "btn danger", value: "yes" }, gettext("Delete")),
  );
  return answer === "yes";
}

/** The id of the question to merge into, or null. */
export async function chooseTarget(question, others) {
  const choices = others.map((other, index) =>
    make(
      "label",
      { class: "q-choice" },
      make("input", { type: "radio", name: "into", value: other.id, required: true, checked: index === 0 }),
      make("span", { dir: "auto" }, other.body),
    ),
  );
  const answer = await ask(
    gettext("Merge into which question?"),
    make("p", {}, gettext("Its votes and answers go along; who voted for both counts once. This cannot be undone.")),
    make("fieldset", { class: "q-choices" }, make("legend", { class: "vh" }, gettext("Questions")), ...choices),
    make("button", { class: "btn", value: "", formnovalidate: true, autofocus: true }, gettext("Cancel")),
    make("button", { class: "btn primary", value: "yes" }, gettext("Merge")),
  );
  const chosen = choices.map((choice) => choice.firstChild).find((input) => input.checked);
  return answer === "yes" && chosen ? Number(chosen.value) : null;
}

function ask(title, ...content) {
  const buttons = content.filter((element) => element.tagName === "BUTTON");
  const rest = content.filter((element) => element.tagName !== "BUTTON");
  const heading = make("h2", { id: "question-dialog" }, title);
  const form = make("form", { method: "dialog" }, heading, ...rest, make("div", { class: "dlg-acts" }, ...buttons));
  const dialog = document.body.appendChild(make("dialog", { "aria-labelledby": heading.id }, form));
  const answer = new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue);
    });
  });
  dialog.showModal();
  return answer;
}
