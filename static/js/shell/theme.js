// A classic script in <head>: it sets the chosen colours before the first paint.
(() => {
  try {
    const choice = localStorage.getItem("theme");
    if (choice === "light" || choice === "dark") document.documentElement.dataset.theme = choice;
  } catch {
    // Storage can be forbidden; the device's colours then stay.
  }
})();
