// Shows the progress of reading and checking a file, and fills in a white paper's fields from suggestions
// at a click. Without it, editors reload the page and type.

const POLL_MS = 2000;
const MAX_WAIT_MS = 10 * 60 * 1000;
const startedAt = Date.now();

function showButtons() {
  for (const button of document.querySelectorAll("[data-suggestion-for]")) button.hidden = false;
}

function applySuggestion(button) {
  const field = document.getElementById(button.dataset.suggestionFor);
  if (!field) return null;
  field.value = button.dataset.suggestion;
  for (const name of ["input", "change"]) field.dispatchEvent(new Event(name, { bubbles: true }));
  return field;
}

// The empty fields of a new white paper are filled in from the file, each with a note until it is edited.
function prefill(shown) {
  const note = shown.querySelector("[data-prefilled-note]")?.dataset.prefilledNote;
  for (const button of shown.querySelectorAll("[data-suggestion-for]")) {
    if (document.getElementById(button.dataset.suggestionFor)?.value) continue;
    const field = applySuggestion(button);
    if (!field) continue;
    const hint = Object.assign(document.createElement("p"), { className: "help", textContent: note });
    (field.closest("[data-field]") ?? field).after(hint);
    field.addEventListener("input", () => hint.remove(), { once: true });
  }
}

async function showDetails(file) {
  const wrapper = file.closest("[data-field-wrapper]") ?? file.parentElement;
  wrapper.querySelector("[data-file-details]")?.remove();
  const documentId = file.getAttribute("value");
  const started = Date.now();
  while (documentId && documentId === file.getAttribute("value") && Date.now() - started < MAX_WAIT_MS) {
    const response = await fetch(document.querySelector("[data-files]").dataset.files + documentId + "/");
    if (!response.ok) return;
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const shown = page.querySelector("[data-file-details]");
    wrapper.querySelector("[data-file-details]")?.remove();
    wrapper.append(shown);
    if (!shown.hasAttribute("data-in-progress")) {
      prefill(shown);
      showButtons();
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

async function refresh() {
  const shown = document.querySelector("[data-editions]");
  if (!shown?.hasAttribute("data-in-progress") || Date.now() - startedAt > MAX_WAIT_MS) return;
  try {
    const response = await fetch(shown.dataset.editions, { credentials: "same-origin" });
    if (response.ok && !shown.contains(document.activeElement)) {
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      shown.replaceWith(page.querySelector("[data-editions]"));
      showButtons();
    }
  } catch {
    // The connection may work the next time.
  }
  setTimeout(refresh, POLL_MS);
}

addEventListener("click", (event) => {
  const button = event.target.closest("[data-suggestion-for]");
  if (button) applySuggestion(button)?.focus();
});

const file = document.getElementById("id_edition_file");
const isNew = file && !document.querySelector("[data-editions]");
if (isNew) file.addEventListener("change", () => showDetails(file).catch(() => {}));

showButtons();
setTimeout(refresh, POLL_MS);
