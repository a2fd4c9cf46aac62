// Keeps an editor informed while a file is read and checked, and puts what it says of itself into the
// paper's form at a click. Without it one loads the page again, and types.

const EVERY = 2000;
const LONGEST = 10 * 60 * 1000;
const begun = Date.now();

function offer() {
  for (const button of document.querySelectorAll("[data-suggestion-for]")) button.hidden = false;
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
  const field = button && document.getElementById(button.dataset.suggestionFor);
  if (!field) return;
  field.value = button.dataset.suggestion;
  for (const name of ["input", "change"]) field.dispatchEvent(new Event(name, { bubbles: true }));
  field.focus();
});

offer();
setTimeout(look, EVERY);
