// What is being written stays in this browser until it is posted; name and address only when asked to.
// Browsers may forbid all storage: then nothing is kept, and everything else works.

const OWN = "colloquy.guest";
const POSTED = "colloquy.posted";
const DETAILS = ["name", "email", "url"];
const field = (form, name) => form.elements.namedItem(name);

function kept(storage, key) {
  try {
    return window[storage].getItem(key) ?? "";
  } catch {
    return "";
  }
}

function keep(storage, key, value) {
  try {
    if (value) window[storage].setItem(key, value);
    else window[storage].removeItem(key);
  } catch { /* full, or forbidden */ }
}

const key = (form) => `colloquy.draft.${field(form, "object_pk").value}.${field(form, "reply_to").value}`;
const forms = () => document.querySelectorAll("form.comment-form");

function forgetWhatWasPosted() {
  const posted = kept("sessionStorage", POSTED);
  const taken = /^\/discussion\/(sent|waiting)\/$/.test(location.pathname) || /^#comment-\d+$/.test(location.hash);
  keep("sessionStorage", POSTED, "");
  if (posted && taken) keep("localStorage", posted, "");
}

function prepare(form) {
  if ("prepared" in form.dataset) return;
  form.dataset.prepared = "";
  const words = field(form, "comment");
  if (!words.value) words.value = kept("localStorage", key(form));
  const remember = form.querySelector("[name=remember]");
  if (!remember) return;
  // The cookie is for browsers without scripts; with a name, the box would ask for one.
  remember.removeAttribute("name");
  remember.dataset.remember = "";
  const own = JSON.parse(kept("localStorage", OWN) || "null");
  if (!own) return;
  remember.checked = true;
  for (const name of DETAILS) if (!field(form, name).value) field(form, name).value = own[name] ?? "";
}

forgetWhatWasPosted();
forms().forEach(prepare);

document.addEventListener("focusin", ({ target }) => {
  const form = target.closest("form.comment-form");
  if (form) prepare(form);
});

document.addEventListener("input", ({ target }) => {
  const form = target.closest("form.comment-form");
  if (form && target.name === "comment") keep("localStorage", key(form), target.value);
});

document.addEventListener("submit", ({ target, submitter }) => {
  if (!target.matches("form.comment-form")) return;
  const remember = target.querySelector("[data-remember]");
  if (remember) {
    const own = Object.fromEntries(DETAILS.map((name) => [name, field(target, name).value]));
    keep("localStorage", OWN, remember.checked ? JSON.stringify(own) : "");
  }
  if (!submitter?.name && !submitter?.hasAttribute("formaction")) keep("sessionStorage", POSTED, key(target));
});
