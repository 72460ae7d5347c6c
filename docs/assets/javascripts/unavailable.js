// Says why a calculator cannot run where module scripts do not run at all: a page opened from a folder, or a browser
// without modules. A classic script on purpose; everything else is playbook.js.

(() => {
  const reason = location.protocol === "file:" ? "fromFile" : "noModule" in HTMLScriptElement.prototype ? null : "oldBrowser";
  if (!reason) return;
  for (const head of document.querySelectorAll("[data-checklist]")) head.remove(); // nothing would count the ticks
  for (const section of document.querySelectorAll("[data-calculator]")) {
    const note = section.querySelector("p[data-unavailable]");
    if (!(note instanceof HTMLElement)) continue;
    note.textContent = note.dataset[reason] ?? "";
    note.hidden = false;
    section.setAttribute("data-unavailable", "");
  }
})();
