// Keeps an editor informed while a file is read and checked, and puts what it says of itself into the
// paper's form at a click. Without it one loads the page again, and types.

const EVERY = 2000;
const LONGEST = 10 * 60 * 1000;
const begun = Date.now();

function offer() {
  for (const button of document.querySelectorAll("[data-suggestion-for]")) button.hidden = false;
}

function use(button) {
  const field = document.getElementById(button.dataset.suggestionFor);
  if (!field) return null;
  field.value = button.dataset.suggestion;
  for (const name of ["input", "change"]) field.dispatchEvent(new Event(name, { bubbles: true }));
  return field;
}

// A new paper's empty fields take what the file says, each with a mark until somebody changes it.
function prefill(shown) {
  const mark = shown.querySelector("[data-mark]")?.dataset.mark;
  for (const button of shown.querySelectorAll("[data-suggestion-for]")) {
    if (document.getElementById(button.dataset.suggestionFor)?.value) continue;
    const field = use(button);
    if (!field) continue;
    const note = Object.assign(document.createElement("p"), { className: "help", textContent: mark });
    (field.closest("[data-field]") ?? field).after(note);
    field.addEventListener("input", () => note.remove(), { once: true });
  }
}

async function hear(file) {
  const wrapper = file.closest("[data-field-wrapper]") ?? file.parentElement;
  wrapper.querySelector("[data-file-says]")?.remove();
  const chosen = file.getAttribute("value");
  const since = Date.now();
  while (chosen && chosen === file.getAttribute("value") && Date.now() - since < LONGEST) {
    const answer = await fetch(document.querySelector("[data-files]").dataset.files + chosen + "/");
    if (!answer.ok) return;
    const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
    const shown = parsed.querySelector("[data-file-says]");
    wrapper.querySelector("[data-file-says]")?.remove();
    wrapper.append(shown);
    if (!shown.hasAttribute("data-under-way")) {
      prefill(shown);
      offer();
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, EVERY));
  }
}

async function look() {
  const shown = document.querySelector("[data-editions]");
  if (!shown?.hasAttribute("data-under-way") || Date.now() - begun > LONGEST) return;
  try {
    const answer = await fetch(shown.dataset.editions, { credentials: "same-origin" });
    if (answer.ok && !shown.contains(document.activeElement)) {
      const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
      shown.replaceWith(parsed.querySelector("[data-editions]"));
      offer();
    }
  } catch {
    // The connection may be back the next time.
  }
  setTimeout(look, EVERY);
}

addEventListener("click", (event) => {
  const button = event.target.closest("[data-suggestion-for]");
  if (button) use(button)?.focus();
});

const file = document.getElementById("id_edition_file");
const isNew = file && !document.querySelector("[data-editions]");
if (isNew) file.addEventListener("change", () => hear(file).catch(() => {}));

offer();
setTimeout(look, EVERY);
