// Forms that ask the browser for a passkey, or for a new one: `data-passkey` says which, `data-options` names what to ask with.
// Their button comes disabled, since without this script there is nothing that it could send.
"use strict";
(() => {
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.querySelector("button").disabled = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const refused = form.querySelector("[role=alert][hidden], [data-refused]");
      const button = form.querySelector("button");
      button.disabled = true;
      try {
        const options = JSON.parse(document.getElementById(form.dataset.options).textContent);
        const credential = await window.webauthnJSON[form.dataset.passkey](options);
        form.elements.credential.value = JSON.stringify(credential);
        form.submit();
      } catch {
        refused.dataset.refused = "";
        refused.hidden = false;
        button.disabled = false;
      }
    });
  }
})();
