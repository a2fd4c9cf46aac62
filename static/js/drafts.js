// Stores a draft in this browser until it is posted, and the name and address if the box is checked.
// Browsers may forbid storage: then nothing is stored, and everything else works.

const GUEST_KEY = "colloquy.guest";
const POSTED_KEY = "colloquy.posted";
const GUEST_FIELDS = ["name", "email", "url"];
const field = (form, name) => form.elements.namedItem(name);

function load(storage, key) {
  try {
    return window[storage].getItem(key) ?? "";
  } catch {
    return "";
  }
}

function store(storage, key, value) {
  try {
    if (value) window[storage].setItem(key, value);
    else window[storage].removeItem(key);
  } catch { /* full, or forbidden */ }
}

const draftKey = (form) => `colloquy.draft.${field(form, "object_pk").value}.${field(form, "reply_to").value}`;
const forms = () => document.querySelectorAll("form.comment-form");

function deletePostedDraft() {
  const posted = load("sessionStorage", POSTED_KEY);
  const accepted = /^\/discussion\/(sent|waiting)\/$/.test(location.pathname) || /^#comment-\d+$/.test(location.hash);
  store("sessionStorage", POSTED_KEY, "");
  if (posted && accepted) store("localStorage", posted, "");
}

function prepare(form) {
  if ("prepared" in form.dataset) return;
  form.dataset.prepared = "";
  const text = field(form, "comment");
  if (!text.value) text.value = load("localStorage", draftKey(form));
  const remember = form.querySelector("[name=remember]");
  if (!remember) return;
  // The cookie is for browsers without scripts; without a name, the box doesn't set it.
  remember.removeAttribute("name");
  remember.dataset.remember = "";
  const guest = JSON.parse(load("localStorage", GUEST_KEY) || "null");
  if (!guest) return;
  remember.checked = true;
  for (const name of GUEST_FIELDS) if (!field(form, name).value) field(form, name).value = guest[name] ?? "";
}

deletePostedDraft();
forms().forEach(prepare);

document.addEventListener("focusin", ({ target }) => {
  const form = target.closest("form.comment-form");
  if (form) prepare(form);
});

document.addEventListener("input", ({ target }) => {
  const form = target.closest("form.comment-form");
  if (form && target.name === "comment") store("localStorage", draftKey(form), target.value);
});

document.addEventListener("submit", ({ target, submitter }) => {
  if (!target.matches("form.comment-form")) return;
  const remember = target.querySelector("[data-remember]");
  if (remember) {
    const guest = Object.fromEntries(GUEST_FIELDS.map((name) => [name, field(target, name).value]));
    store("localStorage", GUEST_KEY, remember.checked ? JSON.stringify(guest) : "");
  }
  if (!submitter?.name && !submitter?.hasAttribute("formaction")) store("sessionStorage", POSTED_KEY, draftKey(target));
});
