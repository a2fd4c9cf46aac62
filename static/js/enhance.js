// Relative times, menus and the status of sign-in buttons. Every page works without them.

const STEPS = [["year", 31557600], ["month", 2629800], ["week", 604800], ["day", 86400], ["hour", 3600], ["minute", 60]];

function ago(moment, language) {
  const seconds = (moment - Date.now()) / 1000;
  const [unit, size] = STEPS.find(([, size]) => Math.abs(seconds) >= size) ?? ["second", 1];
  return new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(Math.trunc(seconds / size), unit);
}

// The date on the page is absolute, because pages are cached; the relative time is its tooltip.
function setRelativeTime(time) {
  const moment = Date.parse(time.dateTime);
  if (!Number.isNaN(moment)) time.title = ago(moment, document.documentElement.lang || "en");
}

function closeMenus(menus, { except } = {}) {
  for (const menu of menus) if (menu !== except) menu.open = false;
}

const openMenus = () => document.querySelectorAll("details.menu[open]");

// On demand: a discussion may show hundreds of dates.
document.addEventListener("pointerover", ({ target }) => {
  const time = target.closest?.("time[data-relative]:not([title])");
  if (time) setRelativeTime(time);
});

document.addEventListener("click", (event) => {
  closeMenus(openMenus(), { except: event.target.closest("details.menu") });
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of openMenus()) {
    if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
    menu.open = false;
  }
});

// Pressing a sign-in button shows and announces at once that the provider is being contacted.
document.addEventListener("submit", ({ submitter }) => {
  const status = submitter?.closest("[data-provider-buttons]")?.querySelector("[role=status]");
  if (!status || !("connectingLabel" in submitter.dataset)) return;
  status.dataset.originalText = status.textContent;
  status.textContent = submitter.dataset.connectingLabel;
});

addEventListener("pageshow", ({ persisted }) => {
  if (!persisted) return;
  for (const status of document.querySelectorAll("[role=status][data-original-text]")) status.textContent = status.dataset.originalText;
});

document.querySelector(".error-summary")?.focus();
