// Answering in place. Without this, "Reply" leads to a page of its own.
// The form comes from an address of its own, by htmx; what was being written elsewhere stays.

const htmx = () => window.htmx;

function place(comment) {
  const card = comment.querySelector(":scope > .comment__card");
  let place = card.querySelector(":scope > [data-reply-place]");
  if (!place) {
    place = document.createElement("div");
    place.dataset.replyPlace = "";
    card.append(place);
  }
  return place;
}

async function open(link) {
  const here = place(link.closest(".comment"));
  if (!here.firstElementChild) await htmx().ajax("GET", `${link.getAttribute("href")}form/`, { target: here, swap: "innerHTML" });
  const words = here.querySelector("textarea");
  if (!words) location.assign(link.href);
  words?.focus();
}

function close(cancel) {
  const comment = cancel.closest(".comment");
  cancel.closest("[data-reply-place]").remove();
  comment.querySelector(":scope > .comment__card [data-reply]").focus();
}

document.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  const reply = event.target.closest("a[data-reply]");
  const cancel = event.target.closest("[data-reply-place] a[data-cancel]");
  if (reply && htmx()) {
    event.preventDefault();
    open(reply);
  } else if (cancel) {
    event.preventDefault();
    close(cancel);
  }
});

document.addEventListener("keydown", (event) => {
  const cancel = event.key === "Escape" && event.target.closest("[data-reply-place]")?.querySelector("a[data-cancel]");
  // Words that were typed are never thrown away by a key.
  if (cancel && !event.target.closest("[data-reply-place]").querySelector("textarea").value) close(cancel);
});
