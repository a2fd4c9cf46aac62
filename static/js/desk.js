/* Keys for the moderators' list. Everything they do can be done with the mouse, too. */

const DEEDS = { a: "approve", l: "keep", h: "hold", r: "remove", s: "mark_as_spam", u: "restore" };
let here = -1;

function rows() {
  return [...document.querySelectorAll("#listing-results tbody tr")];
}

function go(step) {
  const found = rows();
  if (!found.length) return;
  here = Math.min(Math.max(here + step, 0), found.length - 1);
  found.forEach((row, index) => row.classList.toggle("desk-here", index === here));
  const link = found[here].querySelector("td.title a, a");
  link?.focus({ preventScroll: true });
  found[here].scrollIntoView({ block: "nearest" });
}

function press(row, key) {
  if (key === "x") row.querySelector("input[type=checkbox]")?.click();
  else if (key === "o") row.querySelector("td.title a, a")?.click();
  else {
    // Not by the row's menu: Wagtail takes its entries out of the page until it is opened.
    const comment = row.querySelector("[data-object-id]")?.dataset.objectId;
    const address = document.querySelector("[data-deeds]").dataset.deeds.replace("/approve/", `/${DEEDS[key]}/`);
    const next = encodeURIComponent(window.location.pathname + window.location.search);
    if (comment) window.location.assign(`${address}?id=${comment}&next=${next}`);
  }
}

function isTyping(target) {
  return target.closest("textarea, select, [contenteditable], input:not([type=checkbox])") !== null;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  if (event.key === "j") go(1);
  else if (event.key === "k") go(-1);
  else if (event.key in DEEDS || event.key === "x" || event.key === "o") {
    const row = rows()[here];
    if (row) press(row, event.key);
  }
});
