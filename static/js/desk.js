// The desk's script: keys, unsaved words, focus through htmx's swaps. Every page works without it.
"use strict";
(() => {
  const typing = (target) => target.closest?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");

  // ── Keys. A single letter means something only while nobody types; `g` waits a second for the letter after it.
  const GO = { d: "/desk/", e: "/desk/entries/", m: "/desk/measures/", t: "/desk/topics/" };
  const keys = document.getElementById("keys");
  let going = 0;
  const rows = () => [...document.querySelectorAll("[data-row]")];
  const current = () => document.querySelector("[data-row].current");
  const step = (by) => {
    const all = rows();
    if (!all.length) return;
    const at = all.indexOf(current());
    const next = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + by))];
    all[at]?.classList.remove("current");
    next.classList.add("current");
    next.querySelector("a, button, input")?.focus();
  };
  const KEYS = {
    "?": () => keys?.showModal(),
    n: () => location.assign(document.querySelector("[data-new]")?.href ?? "/desk/entries/new/"),
    j: () => step(1),
    k: () => step(-1),
    x: () => current()?.querySelector("input[type=checkbox]")?.click(),
    g: () => (going = Date.now()),
  };
  const send = (name) => {
    const button = document.querySelector(`[data-key="${name}"]`);
    if (button && !button.disabled) button.click();
    return Boolean(button);
  };
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.altKey) return;
    if (event.ctrlKey || event.metaKey) {
      if ((event.key === "s" && send("save")) || (event.key === "Enter" && send("ask"))) event.preventDefault();
      return;
    }
    if (typing(event.target) || document.querySelector("dialog[open]")) return;
    const gone = Date.now() - going < 1000 && GO[event.key];
    going = 0;
    if (gone) location.assign(gone);
    else if (event.key === "s" ? send("save") : KEYS[event.key]) {
      if (event.key !== "s") KEYS[event.key]();
      event.preventDefault();
    }
  });
  document.addEventListener("focusin", ({ target }) => {
    const row = target.closest("[data-row]");
    if (!row || row === current()) return;
    current()?.classList.remove("current");
    row.classList.add("current");
  });
  document.addEventListener("click", ({ target }) => {
    if (target.closest?.("[data-keys]")) keys?.showModal();
  });
  for (const offer of document.querySelectorAll(".keys-offer")) offer.hidden = false;

  // ── A form that came back with errors: the summary of them is read first.
  document.querySelector("[data-focus]")?.focus();
})();
