// The button that goes round: as the device, light, dark.
const ORDER = ["auto", "light", "dark"];
const root = document.documentElement;

const current = () => root.dataset.theme ?? "auto";

function remember(choice) {
  try {
    if (choice === "auto") localStorage.removeItem("theme");
    else localStorage.setItem("theme", choice);
  } catch {
    // Storage can be forbidden; the choice then lasts as long as the page.
  }
}

function apply(choice) {
  if (choice === "auto") delete root.dataset.theme;
  else root.dataset.theme = choice;
}

function show(button) {
  const choice = current();
  button.dataset.choice = choice;
  button.querySelector("span").textContent = button.dataset[choice];
  button.title = button.dataset[choice];
}

export function startThemeSwitch(button) {
  button.hidden = false;
  show(button);
  button.addEventListener("click", () => {
    const next = ORDER[(ORDER.indexOf(current()) + 1) % ORDER.length];
    apply(next);
    remember(next);
    show(button);
  });
}
