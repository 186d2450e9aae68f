// What somebody typed outlives a reload, a lost connection and a lost session.
//
// <form data-draft="question-12" data-session-url="/api/v1/events/<event>/me"> keeps each named field in this
// browser while it is typed and puts it back when the page comes again. It is forgotten after the form was sent:
//   - a script that sends the form by itself calls `forgetDraft(form)` after the answer;
//   - a plain form is forgotten once the server took it (see `settle`).
// Before a plain form leaves, the session is asked for (data-session-url): a form that lands on the sign-in page
// has lost its text. A 401 anywhere opens the same dialog, and the page stays.
import { SIGNED_OUT, csrfToken, getJson } from "./http.js";
import { make } from "./dom.js";
import { forget, keep, recall } from "./storage.js";

const NEVER_KEPT = "[type=password], [type=file], [type=hidden], [type=submit], [data-no-draft]";

const keyOf = (form) => `draft:${form.dataset.draft}`;
const sentKeyOf = (form) => `${keyOf(form)}:sent`;

function fieldsOf(form) {
  return [...form.elements].filter((field) => field.name && field.type !== "fieldset" && !field.matches(NEVER_KEPT));
}

function valueOf(field) {
  return field.type === "checkbox" || field.type === "radio" ? field.checked : field.value;
}

const isOneOfSeveral = (field) => field.type === "radio" || field.type === "checkbox";
const slot = (field) => (isOneOfSeveral(field) ? `${field.name}=${field.value}` : field.name);

function setValue(field, value) {
  if (field.type === "checkbox" || field.type === "radio") field.checked = value;
  else field.value = value;
}

export function saveDraft(form) {
  const values = Object.fromEntries(fieldsOf(form).map((field) => [slot(field), valueOf(field)]));
  keep(keyOf(form), JSON.stringify(values));
}

export function forgetDraft(form) {
  forget(keyOf(form));
  forget(sentKeyOf(form));
}

function readDraft(form) {
  try {
    return JSON.parse(recall(keyOf(form)) ?? "null");
  } catch {
    return null;
  }
}

export function restoreDraft(form) {
  const values = readDraft(form);
  if (!values) return false;
  for (const field of fieldsOf(form)) {
    if (slot(field) in values) setValue(field, values[slot(field)]);
  }
  form.dispatchEvent(new CustomEvent("draft:restored", { bubbles: true }));
  return true;
}

const wasRefused = (form) => form.querySelector("[aria-invalid=true], .errorlist, .err") !== null;

/** A plain form that was sent and came back without a complaint was taken: its draft is done. */
function settle(form) {
  if (recall(sentKeyOf(form)) === null) return;
  if (wasRefused(form)) forget(sentKeyOf(form));
  else forgetDraft(form);
}

export function startDraft(form) {
  settle(form);
  restoreDraft(form);
  form.addEventListener("input", () => saveDraft(form));
  form.addEventListener("change", () => saveDraft(form));
  if (form.dataset.sessionUrl && form.method === "post") {
    form.addEventListener("submit", (event) => sendWhenSignedIn(form, event));
  }
}

/** Ask first, then let the form go. Signing in elsewhere changed the token, so the form takes the present one. */
async function sendWhenSignedIn(form, event) {
  if (event.defaultPrevented) return;
  event.preventDefault();
  saveDraft(form);
  if (!(await isSignedIn(form.dataset.sessionUrl))) return askToSignIn();
  const token = form.querySelector("[name=csrfmiddlewaretoken]");
  if (token && csrfToken()) token.value = csrfToken();
  keep(sentKeyOf(form), "1");
  submitAs(form, event.submitter);
}

/** form.submit() would leave out the pressed button's own value. */
function submitAs(form, submitter) {
  if (submitter?.name) form.append(make("input", { type: "hidden", name: submitter.name, value: submitter.value }));
  HTMLFormElement.prototype.submit.call(form);
}

async function isSignedIn(url) {
  try {
    const { body } = await getJson(url);
    return body.signed_in === true;
  } catch (error) {
    // No connection, or a server in trouble: the text is kept, and sending shows what is wrong.
    return error.status !== 401;
  }
}

let dialog = null;

export function askToSignIn() {
  if (dialog?.open) return;
  dialog ??= document.body.appendChild(signInDialog());
  dialog.showModal();
}

function signInDialog() {
  const address = document.body.dataset.loginUrl ?? "/accounts/login/";
  const close = make("button", { class: "btn", value: "close" }, gettext("Back to the page"));
  return make(
    "dialog",
    { "aria-labelledby": "signed-out-title", "data-signed-out": true },
    make(
      "form",
      { method: "dialog" },
      make("h2", { id: "signed-out-title" }, gettext("You are no longer signed in")),
      make("p", {}, gettext("What you wrote is kept on this page. Sign in on another tab, come back and send it again.")),
      make(
        "div",
        { class: "dlg-acts" },
        close,
        make("a", { class: "btn primary", href: address, target: "_blank", rel: "noopener" }, gettext("Sign in on a new tab")),
      ),
    ),
  );
}

export function startDrafts(root = document) {
  for (const form of root.querySelectorAll("form[data-draft]")) startDraft(form);
}

document.addEventListener(SIGNED_OUT, askToSignIn);
startDrafts();
