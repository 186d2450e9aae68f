// What every public page starts: the two switches of the header and its menus.
import { startLanguageSwitch } from "./language_switch.js";
import { startMenus } from "./menus.js";
import { startThemeSwitch } from "./theme_switch.js";

for (const button of document.querySelectorAll("[data-theme-switch]")) startThemeSwitch(button);
for (const form of document.querySelectorAll("[data-language-switch]")) startLanguageSwitch(form);
startMenus(document);
