// Copy buttons beside citations. Without this file the text can still be selected.

async function copy(button, source) {
  const label = button.innerHTML;
  await navigator.clipboard.writeText(source.textContent.trim());
  button.setAttribute("aria-live", "polite");
  button.textContent = button.dataset.copiedLabel;
  setTimeout(() => { button.innerHTML = label; }, 2000);
}

if (navigator.clipboard) {
  for (const button of document.querySelectorAll("button[data-copy-from]")) {
    const source = document.getElementById(button.dataset.copyFrom);
    button.hidden = false;
    button.addEventListener("click", () => copy(button, source).catch(() => getSelection().selectAllChildren(source)));
  }
}
