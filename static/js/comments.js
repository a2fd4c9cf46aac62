// Opens the reply form below a comment. Without this, "Reply" and "Quote" lead to a page of their own.
// htmx loads the form from its own URL; drafts in other forms stay.

const htmx = () => window.htmx;
const card = (comment) => comment.querySelector(":scope > .comment__card");

function place(comment) {
  let place = card(comment).querySelector(":scope > [data-reply-place]");
  if (!place) {
    place = document.createElement("div");
    place.dataset.replyPlace = "";
    card(comment).append(place);
  }
  return place;
}

async function open(link, { quote = "" } = {}) {
  const comment = link.closest(".comment");
  const here = place(comment);
  const address = card(comment).querySelector("a[data-reply]").getAttribute("href");
  if (!here.firstElementChild) await htmx().ajax("GET", `${address}form/`, { target: here, swap: "innerHTML" });
  const words = here.querySelector("textarea");
  if (!words) location.assign(link.href);
  words?.focus();
  if (words && quote) {
    words.setRangeText(`${words.value ? "\n\n" : ""}${quote}\n\n`, words.value.length, words.value.length, "end");
    words.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function close(cancel) {
  const comment = cancel.closest(".comment");
  cancel.closest("[data-reply-place]").remove();
  card(comment).querySelector("[data-reply]").focus();
}

// Clicking a link clears the selection, so it is read when the pointer goes down.
let selected = { words: "", within: null };

function readSelection() {
  const selection = getSelection();
  const within = selection.rangeCount ? selection.getRangeAt(0).commonAncestorContainer : null;
  const text = (within?.nodeType === Node.TEXT_NODE ? within.parentElement : within)?.closest(".comment__text");
  selected = { words: text ? selection.toString().trim() : "", within: text };
}

function quoteFor(link) {
  const text = card(link.closest(".comment")).querySelector(".comment__text");
  const words = selected.within === text && selected.words ? selected.words : text.innerText.trim();
  return words.split("\n").map((line) => `> ${line}`.trimEnd()).join("\n");
}

document.addEventListener("pointerdown", readSelection, { capture: true });
document.addEventListener("keydown", (event) => event.key === "Enter" && readSelection(), { capture: true });

document.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  const reply = event.target.closest("a[data-reply]");
  const quote = event.target.closest("a[data-quote]");
  const cancel = event.target.closest("[data-reply-place] a[data-cancel]");
  if ((reply || quote) && htmx()) {
    event.preventDefault();
    open(reply ?? quote, { quote: quote ? quoteFor(quote) : "" });
  } else if (cancel) {
    event.preventDefault();
    close(cancel);
  }
});

document.addEventListener("keydown", (event) => {
  const cancel = event.key === "Escape" && event.target.closest("[data-reply-place]")?.querySelector("a[data-cancel]");
  // Escape never discards typed text.
  if (cancel && !event.target.closest("[data-reply-place]").querySelector("textarea").value) close(cancel);
});

// A confirmation is for whoever just posted or edited, not for people they share the URL with.
const here = new URL(location.href);
for (const name of ["posted", "edited"]) here.searchParams.delete(name);
if (here.href !== location.href) history.replaceState(history.state, "", here);
