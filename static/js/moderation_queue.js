// Keyboard shortcuts for the moderation queue. Everything they do can also be done with the mouse.

const ACTIONS = { a: "approve", l: "keep", h: "hold", r: "remove", s: "mark_as_spam", u: "restore" };
let current = -1;

function rows() {
  return [...document.querySelectorAll("#listing-results tbody tr")];
}

function move(step) {
  const all = rows();
  if (!all.length) return;
  current = Math.min(Math.max(current + step, 0), all.length - 1);
  all.forEach((row, index) => row.classList.toggle("current-row", index === current));
  const link = all[current].querySelector("td.title a, a");
  link?.focus({ preventScroll: true });
  all[current].scrollIntoView({ block: "nearest" });
}

function handle(row, key) {
  if (key === "x") row.querySelector("input[type=checkbox]")?.click();
  else if (key === "o") row.querySelector("td.title a, a")?.click();
  else {
    // Not through the row's menu: Wagtail removes its entries from the page until it is opened.
    const comment = row.querySelector("[data-object-id]")?.dataset.objectId;
    const approve = document.querySelector("[data-bulk-action-url]").dataset.bulkActionUrl;
    const url = approve.replace("/approve/", `/${ACTIONS[key]}/`);
    const next = encodeURIComponent(window.location.pathname + window.location.search);
    if (comment) window.location.assign(`${url}?id=${comment}&next=${next}`);
  }
}

function isTyping(target) {
  return target.closest("textarea, select, [contenteditable], input:not([type=checkbox])") !== null;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  if (event.key === "j") move(1);
  else if (event.key === "k") move(-1);
  else if (event.key in ACTIONS || event.key === "x" || event.key === "o") {
    const row = rows()[current];
    if (row) handle(row, event.key);
  }
});
