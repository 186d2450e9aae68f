// Passkeys: a form with data-passkey asks the device, puts its answer into `credential` and sends itself.

const BYTES = ["challenge", "id"];

const toBytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));

const toText = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");

// What the server calls bytes comes as base64url.
function withBytes(options) {
  if (Array.isArray(options)) return options.map(withBytes);
  if (options === null || typeof options !== "object") return options;
  const pairs = Object.entries(options).map(([name, value]) => [
    name,
    BYTES.includes(name) && typeof value === "string" ? toBytes(value) : withBytes(value),
  ]);
  return Object.fromEntries(pairs);
}

// The relying party's own `id` is a name and no bytes.
function prepared({ publicKey }) {
  const options = withBytes({ ...publicKey, rp: undefined });
  return { publicKey: publicKey.rp ? { ...options, rp: publicKey.rp } : options };
}

function asJson(credential) {
  const { response } = credential;
  const fields = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const given = fields.filter((name) => response[name]).map((name) => [name, toText(response[name])]);
  return {
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment ?? undefined,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: Object.fromEntries(given),
  };
}

async function optionsOf(form) {
  if (form.dataset.passkeyOptions) {
    return JSON.parse(document.getElementById(form.dataset.passkeyOptions).textContent);
  }
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`The server answered ${answer.status}.`);
  return answer.json();
}

function passkeyWanted(options) {
  const choice = options.publicKey.authenticatorSelection ?? {};
  const strict = { residentKey: "required", requireResidentKey: true, userVerification: "required" };
  return { publicKey: { ...options.publicKey, authenticatorSelection: { ...choice, ...strict } } };
}

async function ask(form) {
  const { creation_options: created, request_options: requested } = await optionsOf(form);
  return form.dataset.passkey === "create"
    ? navigator.credentials.create(prepared(passkeyWanted(created)))
    : navigator.credentials.get(prepared(requested));
}

function reason(error) {
  if (!window.PublicKeyCredential) return gettext("This browser knows no passkeys. Choose another way.");
  if (error.name === "InvalidStateError") return gettext("This device already holds a passkey of yours.");
  if (error.name === "NotAllowedError") return gettext("Nothing was confirmed. Press again, or choose another way.");
  return gettext("The device did not answer as it should. Press again, or choose another way.");
}

function say(form, text) {
  const line = form.querySelector("[data-passkey-fault]");
  line.textContent = text;
  line.hidden = !text;
}

async function confirm(event) {
  const form = event.target.closest("form[data-passkey]");
  if (!form) return;
  event.preventDefault();
  if (form.dataset.asking) return;
  form.dataset.asking = "yes";
  say(form, "");
  try {
    form.elements.credential.value = JSON.stringify(asJson(await ask(form)));
    form.submit();
  } catch (error) {
    say(form, reason(error));
  } finally {
    delete form.dataset.asking;
  }
}

document.addEventListener("submit", confirm);
for (const button of document.querySelectorAll("form[data-passkey] button")) button.disabled = false;
