// Changes the language without a round trip to the form's address, and comes back to the same place of the page.
const ONE_YEAR = 60 * 60 * 24 * 365;

export function startLanguageSwitch(form) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const language = event.submitter?.value ?? form.querySelector("[name=language]").value;
    const secure = location.protocol === "https:" ? "; secure" : "";
    document.cookie = `django_language=${language}; path=/; max-age=${ONE_YEAR}; samesite=lax${secure}`;
    location.reload();
  });
}
