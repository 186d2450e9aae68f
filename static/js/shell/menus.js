// Menus are popovers and open without a script. A script adds one thing: a link to a place on the same page closes its menu.
export function startMenus(root) {
  for (const menu of root.querySelectorAll("[popover]")) {
    menu.addEventListener("click", (event) => {
      if (event.target.closest("a[href]")) menu.hidePopover?.();
    });
  }
}
