// Copy buttons beside citations. Without this file the words are there to be selected.

async function copy(button, words) {
  const said = button.innerHTML;
  await navigator.clipboard.writeText(words.textContent.trim());
  button.setAttribute("aria-live", "polite");
  button.textContent = button.dataset.copied;
  setTimeout(() => { button.innerHTML = said; }, 2000);
}

if (navigator.clipboard) {
  for (const button of document.querySelectorAll("button[data-copy-from]")) {
    const words = document.getElementById(button.dataset.copyFrom);
    button.hidden = false;
    button.addEventListener("click", () => copy(button, words).catch(() => getSelection().selectAllChildren(words)));
  }
}
