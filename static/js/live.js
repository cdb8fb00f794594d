// For pages that stay open: asks for news only while somebody looks, keeps days together, and says how many are new.
"use strict";
(() => {
  const seconds = Number(document.currentScript.dataset.seconds);
  const look = () => {
    if (document.visibilityState === "visible") document.body.dispatchEvent(new CustomEvent("look"));
  };
  if (seconds) {
    setInterval(look, seconds * 1000);
    document.addEventListener("visibilitychange", look);
  }

  // Rows that arrived under the heading of a day that stands below go beneath that heading: what was there does not move.
  const joinDays = (events) => {
    for (const day of [...events.querySelectorAll("section.day")].reverse()) {
      const above = day.previousElementSibling;
      if (above?.dataset.day !== day.dataset.day) continue;
      day.querySelector("ol").prepend(...above.querySelectorAll("li.event"));
      above.remove();
    }
  };
  document.addEventListener("htmx:afterSwap", ({ target }) => {
    if (target.id !== "events") return;
    joinDays(target);
    const fresh = target.querySelectorAll(".event.new").length;
    const count = document.getElementById("count");
    if (fresh && count) count.textContent = `${fresh} new since you opened this page.`;
  });

  // The address of the page itself would be answered from the browser's cache for a minute.
  document.addEventListener("click", (event) => {
    if (!event.target.closest("a[data-anew]")) return;
    event.preventDefault();
    location.reload();
  });

  // A filter that the server cannot answer is shown by the page that says why, not swallowed.
  document.addEventListener("htmx:responseError", ({ detail }) => {
    if (detail.requestConfig.elt.matches("form, a")) location.assign(detail.pathInfo.finalRequestPath);
  });
})();
