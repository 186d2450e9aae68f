// A second press while the first is under way would use the same code twice and lose its answer.

function sendOnce(event) {
  const form = event.target.closest("form[data-submit-once]");
  if (!form) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  event.submitter?.classList.add("busy");
}

function forget() {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    form.querySelector(".busy")?.classList.remove("busy");
  }
}

document.addEventListener("submit", sendOnce);
window.addEventListener("pageshow", forget);
