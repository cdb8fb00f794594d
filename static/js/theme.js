// Applies the reader's own choice of colours before the first paint. The page itself is the same bytes for everyone.
"use strict";
(() => {
  const root = document.documentElement;
  const read = () => {
    try {
      return localStorage.getItem("theme");
    } catch {
      return null; // storage is switched off: the system's choice stands
    }
  };
  const apply = (theme) => {
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    else delete root.dataset.theme;
    for (const button of document.querySelectorAll("[data-set-theme]"))
      button.setAttribute("aria-pressed", String(button.dataset.setTheme === (root.dataset.theme ?? "")));
  };
  apply(read());
  addEventListener("DOMContentLoaded", () => {
    for (const offer of document.querySelectorAll(".themes[hidden]")) offer.hidden = false; // without script there is nothing to offer
    apply(read());
  });
  addEventListener("click", ({ target }) => {
    const button = target.closest?.("[data-set-theme]");
    if (!button) return;
    const theme = button.dataset.setTheme;
    try {
      if (theme) localStorage.setItem("theme", theme);
      else localStorage.removeItem("theme");
    } catch {
      // storage is switched off: the choice holds for this page
    }
    apply(theme);
  });
  addEventListener("storage", ({ key }) => key === "theme" && apply(read())); // another tab of this site
})();
