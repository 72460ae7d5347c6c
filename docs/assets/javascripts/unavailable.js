// Says why a calculator cannot run where none of our scripts do: a browser without modules, or a folder in which files are
// missing. A classic script on purpose; everything else begins with playbook.js.

(() => {
  const incomplete = location.protocol === "file:" && !("playbookFile" in window);
  const reason = incomplete ? "incomplete" : "noModule" in HTMLScriptElement.prototype ? null : "oldBrowser";
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
