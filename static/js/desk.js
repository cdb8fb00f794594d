// The desk's script: keys, words kept while one types, focus and announcements. Every page works without it.
"use strict";
(() => {
  const TYPED = "input:not([type=checkbox], [type=radio], [type=submit]), textarea, select, [contenteditable]";

  // ── Keys. A single letter means something only while nobody types; `g` waits a moment for the letter after it.
  const GO = { d: "/desk/", e: "/desk/entries/", m: "/desk/measures/", t: "/desk/topics/" };
  const WAITS = 1500; // milliseconds
  const keys = document.getElementById("keys");
  let going = -Infinity;
  const rows = () => [...document.querySelectorAll("[data-row]")];
  const current = () => document.querySelector("[data-row].current");
  const make = (row) => {
    current()?.classList.remove("current");
    row?.classList.add("current");
  };
  const step = (by) => {
    const all = rows();
    if (!all.length) return;
    const at = all.indexOf(current());
    const next = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + by))];
    make(next);
    next.querySelector("a")?.focus();
  };
  const press = (name) => {
    const button = document.querySelector(`[data-key="${name}"]`);
    if (!button || button.disabled) return false;
    button.click();
    return true;
  };
  const KEYS = {
    "?": () => keys?.showModal(),
    g: () => (going = performance.now()),
    j: () => step(1),
    k: () => step(-1),
    n: () => location.assign(document.querySelector("a[data-begin]")?.href ?? "/desk/entries/new/"),
    s: () => press("save"),
    x: () => current()?.querySelector("input[type=checkbox]")?.click(),
  };
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || event.altKey || event.repeat) return;
    if (event.ctrlKey || event.metaKey) {
      if ((event.key === "s" && press("save")) || (event.key === "Enter" && press("ask"))) event.preventDefault();
      return;
    }
    if (event.target.closest?.(TYPED) || document.querySelector("dialog[open]")) return;
    const went = performance.now() - going < WAITS && GO[event.key];
    going = -Infinity;
    if (!went && !Object.hasOwn(KEYS, event.key)) return;
    event.preventDefault();
    if (went) location.assign(went);
    else KEYS[event.key]();
  });
  document.addEventListener("focusin", ({ target }) => {
    const row = target.closest("[data-row]");
    if (row && row !== current()) make(row);
  });
  document.addEventListener("click", ({ target }) => {
    if (target.closest?.("[data-keys]")) keys?.showModal();
  });
  for (const offer of document.querySelectorAll(".keys-offer")) offer.hidden = false;

  // ── A box that chooses all rows of the page; without script there is none.
  for (const all of document.querySelectorAll("[data-all]")) {
    all.hidden = false;
    all.addEventListener("change", () => {
      for (const box of all.form.querySelectorAll("[name=chosen]")) box.checked = all.checked;
    });
  }

  // ── What scrolls by itself can be reached by key; what does not is no stop on the way.
  const regions = () => {
    for (const region of document.querySelectorAll("[data-region]")) {
      const scrolls = region.scrollHeight > region.clientHeight || region.scrollWidth > region.clientWidth;
      const given = { tabindex: "0", role: "region", "aria-label": region.dataset.region };
      for (const [name, value] of Object.entries(given)) {
        if (scrolls) region.setAttribute(name, value);
        else region.removeAttribute(name);
      }
    }
  };
  regions();
  addEventListener("resize", regions);
  document.addEventListener("htmx:afterSettle", regions);
  document.addEventListener("toggle", regions, true);

  // ── What is wrong is read first.
  document.querySelector("[data-focus]")?.focus();

  // ── Words counted as they are typed, as the server counts them.
  const WORD = /\s+|(?:[\p{L}\p{N}_]+(?:['’\-–][\p{L}\p{N}_]+)*|[^\p{L}\p{N}_\s])\s*/gu;
  const count = (text) => (text.match(WORD) ?? []).filter((word) => /^[\p{L}\p{N}]/u.test(word)).length;
  document.addEventListener("input", ({ target }) => {
    const place = target.dataset?.words && document.getElementById(target.dataset.words);
    if (!place) return;
    const words = count(target.value);
    const most = Number(target.dataset.most);
    const rest = place.textContent.match(/; .*/)?.[0] ?? "";
    place.textContent = `${words} word${words === 1 ? "" : "s"}${most && words > most ? `: more than ${most}` : rest}`;
  });

  // ── A form that must not be left by mistake, and is kept by nobody else.
  const guarded = document.querySelector("form[data-warn]");
  if (guarded) {
    let touched = false;
    guarded.addEventListener("input", () => (touched = true));
    guarded.addEventListener("submit", () => (touched = false));
    addEventListener("beforeunload", (event) => touched && event.preventDefault());
  }

  // ── An entry being written: kept on the server a moment after each pause, and in this browser where that fails.
  const PAUSE = 2500; // milliseconds without a key
  // In the browser they stand by account, entry and tab: never offered to another account, nor lost to another tab of their writer.
  const PREFIX = "whereas-entry-";
  const account = document.querySelector("[data-account]")?.dataset.account;
  const ours = `${PREFIX}${account}-`;
  const tab = (() => {
    try {
      const known = sessionStorage.getItem("whereas-tab") ?? `${Date.now()}-${Math.random()}`;
      sessionStorage.setItem("whereas-tab", known);
      return known;
    } catch {
      return "one"; // storage is switched off
    }
  })();
  const place = (entry) => `${ours}${entry}-${tab}`;
  const forget = (which) => {
    try {
      for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX) && which(key)) localStorage.removeItem(key);
    } catch {
      // storage is switched off: nothing is there
    }
  };
  const stored = (entry, key = place(entry)) => {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch {
      return null; // storage is switched off, or not ours
    }
  };
  let signingOut = false;
  const store = (entry, words) => {
    try {
      if (words && !signingOut) localStorage.setItem(place(entry), JSON.stringify(words));
      else localStorage.removeItem(place(entry));
    } catch {
      // storage is switched off or full: the server's copy is all there is
    }
  };
  const adopted = (entry) => {
    // What this tab kept, else what another tab of the same account kept last, from now on this tab's.
    const own = stored(entry);
    if (own) return own;
    try {
      const keys = Object.keys(localStorage).filter((key) => key.startsWith(`${ours}${entry}-`) && stored(entry, key));
      const key = keys.sort((one, other) => stored(entry, other).at - stored(entry, one).at)[0];
      if (!key) return null;
      const found = stored(entry, key);
      store(entry, found);
      localStorage.removeItem(key);
      return found;
    } catch {
      return null; // storage is switched off
    }
  };
  if (account) forget((key) => !key.startsWith(ours)); // somebody else sits here now
  document.addEventListener("submit", ({ target }) => {
    if (!target.matches("form[data-sign-out]")) return;
    signingOut = true;
    forget(() => true);
  });
  const saved = document.querySelector("[data-saved]");
  if (saved) store(saved.dataset.saved, null);

  const form = document.querySelector("form[data-autosave]");
  if (!form) return;
  const { entry, autosave } = form.dataset;
  const status = document.querySelector("[data-status]");
  const say = (words) => {
    if (status && status.textContent !== words) status.textContent = words;
  };
  const NAMES = new Set(["csrfmiddlewaretoken", "read", "new_tied", "reviewer", "note"]);
  const words = () => [...new FormData(form)].filter(([name]) => !NAMES.has(name));
  const read = form.elements.namedItem("read"); // the stamp of what the server keeps of this writer, as this page has read it
  const text = () => JSON.stringify(words());
  let kept = text(); // what server or browser hold
  let timer = 0;
  let sending = null; // what is on its way, until it has been answered
  let moving = false; // the server is moving a point, and keeps the words with it
  let leaving = false; // the form itself is on its way: what it holds is saved by that

  const SIGN_IN = `/accounts/login/?next=${encodeURIComponent(`/desk/entries/${entry}/edit/`)}`;
  const MOST = 60_000; // bytes a browser may still send for a page that is gone (64 KiB with all that is on its way)
  const encoder = new TextEncoder();
  const bytes = () =>
    [...new FormData(form)].reduce(
      (sum, [name, value]) => sum + 200 + encoder.encode(name + value.replace(/\r?\n/g, "\r\n")).length,
      0,
    );
  const inStore = (apart) => store(entry, { at: Date.now(), words: words(), read: read.value, apart });
  const inBrowser = (why, signIn, apart) => {
    inStore(apart);
    say(`${why} Your words are kept in this browser. `);
    if (!signIn) return;
    const link = document.createElement("a");
    link.href = SIGN_IN;
    link.textContent = "Sign in again, and find them here.";
    status.append(link);
  };
  const keep = async () => {
    clearTimeout(timer);
    if (text() === kept || leaving) return;
    if (sending || moving) return later();
    sending = send(text());
    await sending;
    sending = null;
    if (text() !== kept) later();
  };
  const send = async (now) => {
    try {
      const keepalive = document.visibilityState === "hidden" && bytes() < MOST;
      const answer = await fetch(autosave, { method: "POST", body: new FormData(form), keepalive });
      if (answer.status === 409) inBrowser((await answer.json()).said, false, true);
      else if (answer.status === 403) inBrowser("You are signed out.", true);
      else if (answer.status === 413) inBrowser((await answer.json()).said);
      else if (!answer.ok) inBrowser(`The server could not keep them (${answer.status}).`);
      else {
        const { said, read: stamp } = await answer.json();
        read.value = stamp;
        say(said);
        store(entry, null);
      }
    } catch {
      inBrowser("The server cannot be reached.");
    }
    kept = now;
  };
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(keep, PAUSE);
  };
  form.addEventListener("input", () => {
    signingOut = false; // it was not done
    say("Not saved yet.");
    later();
  });
  let pressed = ""; // what the form held when a button beside the points was pressed
  document.addEventListener("htmx:beforeRequest", ({ detail }) => {
    if (detail.target.id !== "points") return;
    pressed = text();
    moving = true;
  });
  document.addEventListener("htmx:afterRequest", ({ detail }) => {
    if (detail.target.id === "points") moving = false;
  });
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    if (detail.target.id !== "points" || text() === pressed) return;
    detail.shouldSwap = false; // it would take away what was typed since
    say("You went on typing, so nothing was moved. Press the button once more.");
  });
  document.addEventListener("htmx:afterSwap", ({ target }) => {
    if (target.id !== "points") return;
    form.dispatchEvent(new CustomEvent("preview")); // one of before the move may still be on its way
    later();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "hidden") return;
    if (text() !== kept && !leaving && (sending || moving || bytes() >= MOST)) inStore(); // the page may be gone before it is sent
    keep();
  });
  let waiting = false;
  form.addEventListener("submit", (event) => {
    if (sending) {
      // First the answer to what is on its way, or the server would take it for another tab's.
      event.preventDefault();
      if (waiting) return;
      waiting = true;
      const again = () => ((waiting = false), form.requestSubmit(event.submitter));
      Promise.race([sending, new Promise((done) => setTimeout(done, 3000))]).then(() => ((sending = null), again()));
      return;
    }
    leaving = true;
    clearTimeout(timer);
    if (text() !== kept || stored(entry)) inStore(stored(entry)?.apart); // the session may have ended meanwhile
  });
  addEventListener("beforeunload", (event) => {
    if (!leaving && text() !== kept) event.preventDefault();
  });
  addEventListener("pageshow", () => (leaving = false));

  // Words that only this browser holds (the session had ended, the server was away) come back, on the revision they were written on.
  const mine = adopted(entry);
  const held = Number(form.dataset.kept ?? 0) * 1000;
  if (mine && (mine.apart || mine.at > held) && JSON.stringify(mine.words) !== text()) {
    const names = {};
    for (const [name, value] of mine.words) (names[name] ??= []).push(value);
    const points = document.querySelectorAll("#points textarea[name=text]").length;
    const lacking = Math.max(0, (names.text?.length ?? 0) - points);
    for (let extra = 0; extra < lacking; extra++) {
      const area = document.createElement("textarea"); // the server sets it among the points at the next press of a button
      area.name = "text";
      area.ariaLabel = "Our words for one more point";
      document.getElementById("new-tie").before(area);
      const tie = document.createElement("input");
      tie.type = "hidden";
      tie.name = "tied";
      area.after(tie);
    }
    for (const [name, values] of Object.entries(names)) {
      const fields = form.querySelectorAll(`[name="${CSS.escape(name)}"]:not(button)`);
      values.forEach((value, at) => {
        if (fields[at]) fields[at].value = value;
      });
    }
    if (mine.apart) read.value = mine.read; // beside what another tab kept, not in its place
    say("These are your words as this browser kept them. They are not saved yet.");
    form.dispatchEvent(new CustomEvent("preview"));
    later();
  } else if (mine) store(entry, null);
})();
