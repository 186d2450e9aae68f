"""What somebody typed stays until the server has it."""

import pytest

PAGE = """async ([step]) => {
  globalThis.gettext = (text) => text;
  HTMLDialogElement.prototype.showModal ??= function () { this.open = true };
  document.body.innerHTML = `
    <form data-draft="ask" data-session-url="/me" method="post" action="/ask">
      <input type="hidden" name="csrfmiddlewaretoken" value="old">
      <textarea name="text"></textarea><input type="checkbox" name="anonymous">
      <input type="password" name="secret"><button name="go" value="1">Send</button>
    </form>`;
  const drafts = await import("/js/lib/drafts.js");
  const form = document.querySelector("form");
  const sent = [];
  HTMLFormElement.prototype.submit = function () { sent.push(new FormData(this).get("text")) };
  const type = (text) => {
    form.elements.text.value = text;
    form.elements.anonymous.checked = true;
    form.elements.secret.value = "hidden";
    form.elements.text.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const reload = () => {
    form.reset();
    drafts.startDraft(form);
    return [form.elements.text.value, form.elements.anonymous.checked, form.elements.secret.value];
  };
  const press = async () => {
    form.requestSubmit(form.elements.go);
    await new Promise((done) => setTimeout(done, 200));
    return [sent, document.querySelector("dialog[data-signed-out]")?.open ?? false];
  };
  const answer = (signedIn) => {
    globalThis.fetch = async () => new Response(JSON.stringify({ signed_in: signedIn }),
      { headers: { "Content-Type": "application/json" } });
  };
  return await STEPS[step]({ drafts, form, type, reload, press, answer });
}"""

STEPS = {
    "typed": """({ type, reload, drafts, form }) => {
        drafts.startDraft(form); type("Why?"); return reload();
    }""",
    "sent": """async ({ type, reload, press, answer, drafts, form }) => {
        answer(true); drafts.startDraft(form); type("Why?"); const pressed = await press();
        return [pressed, reload()];
    }""",
    "refused": """async ({ type, reload, press, answer, drafts, form }) => {
        answer(true); drafts.startDraft(form); type("Why?"); await press();
        form.insertAdjacentHTML("beforeend", "<ul class='errorlist'></ul>");
        return reload();
    }""",
    "signed_out": """async ({ type, reload, press, answer, drafts, form }) => {
        answer(false); drafts.startDraft(form); type("Why?"); const pressed = await press();
        return [pressed, reload()];
    }""",
    "forgotten": """({ type, reload, drafts, form }) => {
        drafts.startDraft(form); type("Why?"); drafts.forgetDraft(form); return reload();
    }""",
}
SCRIPT = PAGE.replace("STEPS", "({" + ",".join(f"{name}: {code}" for name, code in STEPS.items()) + "})")

CASES = {
    "typed": ["Why?", True, ""],
    "sent": [[["Why?"], False], ["", False, ""]],
    "refused": ["Why?", True, ""],
    "signed_out": [[[], True], ["Why?", True, ""]],
    "forgotten": ["", False, ""],
}


@pytest.mark.parametrize("step", CASES)
def test_draft_lives_as_long_as_it_is_needed(in_browser, step):
    assert in_browser(SCRIPT, [step]) == CASES[step]
