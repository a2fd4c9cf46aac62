// Puts what a file says of itself into the paper's form, at a click; without it one types.

addEventListener("click", (event) => {
  const button = event.target.closest("[data-suggestion-for]");
  const field = button && document.getElementById(button.dataset.suggestionFor);
  if (!field) return;
  field.value = button.dataset.suggestion;
  for (const name of ["input", "change"]) field.dispatchEvent(new Event(name, { bubbles: true }));
  field.focus();
});
for (const button of document.querySelectorAll("[data-suggestion-for]")) button.hidden = false;
