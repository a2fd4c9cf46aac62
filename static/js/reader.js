// Turns pages with the arrow keys, and adds selected text to the comment link. Both work as links without this.

const MAX_QUOTE_LENGTH = 500;
const reader = document.querySelector("[data-reader]");

const isTyping = (target) => target.closest("input, textarea, select, [contenteditable]");

// Where the image or a table can be scrolled sideways, the arrow keys scroll it.
const scrolls = (target) => {
  const region = target.closest("[role=region][tabindex]");
  return region && region.scrollWidth > region.clientWidth;
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.defaultPrevented) return;
  if (isTyping(event.target) || scrolls(event.target)) return;
  const direction = { ArrowLeft: "prev", ArrowRight: "next" }[event.key];
  const link = direction && reader.querySelector(`a[rel=${direction}]`);
  if (link) {
    event.preventDefault();
    link.click();
  }
});

// While many pages are being rendered, the server asks to come again for an image.
const RETRY_AFTER = 5000; // milliseconds, as the server says
let retries = 3;

function retryImage(image) {
  if (retries-- > 0) setTimeout(() => image.parentElement.replaceWith(image.parentElement.cloneNode(true)), RETRY_AFTER);
}

for (const image of reader.querySelectorAll("picture img")) {
  if (image.complete && !image.naturalWidth) retryImage(image);
}
reader.addEventListener("error", (event) => event.target.matches("picture img") && retryImage(event.target), true);

const commentLink = reader.querySelector("[data-comment-link]");

function selectedText() {
  const selection = getSelection();
  const text = reader.querySelector("[data-page-text]");
  if (!selection.rangeCount || !text.contains(selection.getRangeAt(0).commonAncestorContainer)) return "";
  return selection.toString().replace(/\s+/g, " ").trim().slice(0, MAX_QUOTE_LENGTH);
}

function updateLink() {
  const quote = selectedText();
  const address = new URL(commentLink.href);
  if (quote) address.searchParams.set("anchor_quote", quote);
  else address.searchParams.delete("anchor_quote");
  commentLink.href = address.href;
  commentLink.querySelector("[data-label]").textContent = quote ? commentLink.dataset.quoteLabel : commentLink.dataset.defaultLabel;
  commentLink.toggleAttribute("data-floating", Boolean(quote));
}

if (commentLink) document.addEventListener("selectionchange", updateLink);
