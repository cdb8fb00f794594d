// Makes each example of the API's documentation one that can be changed and run here. Without it they are plain links.
"use strict";
(() => {
  const LONGEST = 20000; // characters shown; a whole record may have a million

  const element = (name, attributes = {}, text = "") => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.textContent = text;
    return made;
  };

  const run = async (address, output) => {
    output.replaceChildren(element("p", {}, "Asking …"));
    const asked = new URL(address, location.href);
    if (asked.origin !== location.origin) {
      output.replaceChildren(element("p", {}, "Only addresses of this site can be run here."));
      return;
    }
    try {
      const response = await fetch(asked, { headers: { Accept: "application/json" } });
      const text = await response.text();
      const bytes = new TextEncoder().encode(text).length.toLocaleString("en");
      let shown = text;
      try {
        shown = JSON.stringify(JSON.parse(text), null, 2);
      } catch {
        // not JSON: show it as it came
      }
      if (shown.length > LONGEST) shown = `${shown.slice(0, LONGEST)}\n…`;
      const facts = `${response.status} ${response.statusText}, ${bytes} bytes, ${response.headers.get("Content-Type")}`;
      const pre = element("pre", { tabindex: "0", "aria-label": "The answer" }, shown);
      output.replaceChildren(element("p", { class: "quiet" }, facts), pre);
    } catch (error) {
      output.replaceChildren(element("p", {}, `No answer: ${error.message}`));
    }
  };

  for (const paragraph of document.querySelectorAll("p.try")) {
    const address = paragraph.querySelector("a").getAttribute("href");
    const form = element("form", { class: "try" });
    const input = element("input", { "aria-label": "Address", spellcheck: "false", autocomplete: "off" });
    input.value = address;
    const output = element("output");
    form.append(input, element("button", {}, "Run"), output);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      run(input.value, output);
    });
    paragraph.replaceWith(form);
  }
})();
