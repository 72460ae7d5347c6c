// Printable templates: “Print this form” prints one form of the page and nothing else (paper.css hides the rest).

document.addEventListener("click", (event) => {
  const button = event.target instanceof Element ? event.target.closest('[data-action="print-form"]') : null;
  button?.closest(".pb-paper")?.setAttribute("data-printing", "");
  if (button) print();
});

addEventListener("afterprint", () => {
  for (const form of document.querySelectorAll("[data-printing]")) form.removeAttribute("data-printing");
});
