// Turning pages by key, and taking a selected sentence along to the form. Links do both without this.

const LONGEST = 500;
const reader = document.querySelector("[data-reader]");

const isTyping = (target) => target.closest("input, textarea, select, [contenteditable]");

// Where the picture or a table can be moved sideways, the arrows move it.
const moves = (target) => {
  const region = target.closest("[role=region][tabindex]");
  return region && region.scrollWidth > region.clientWidth;
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.defaultPrevented) return;
  if (isTyping(event.target) || moves(event.target)) return;
  const towards = { ArrowLeft: "prev", ArrowRight: "next" }[event.key];
  const link = towards && reader.querySelector(`a[rel=${towards}]`);
  if (link) {
    event.preventDefault();
    link.click();
  }
});

const discuss = reader.querySelector("[data-discuss]");

function quotation() {
  const selection = getSelection();
  const text = reader.querySelector("[data-text]");
  if (!selection.rangeCount || !text.contains(selection.getRangeAt(0).commonAncestorContainer)) return "";
  return selection.toString().replace(/\s+/g, " ").trim().slice(0, LONGEST);
}

function show() {
  const quote = quotation();
  const address = new URL(discuss.href);
  if (quote) address.searchParams.set("anchor_quote", quote);
  else address.searchParams.delete("anchor_quote");
  discuss.href = address.href;
  discuss.querySelector("[data-words]").textContent = quote ? discuss.dataset.quoting : discuss.dataset.plain;
  discuss.toggleAttribute("data-floating", Boolean(quote));
}

if (discuss) document.addEventListener("selectionchange", show);
