// Hides and shows the replies to a comment, and marks a comment as useful without reloading the page.

const discussion = document.getElementById("discussion");

function fold(comment) {
  const replies = comment.querySelector(":scope > .thread");
  const actions = comment.querySelector(":scope > .comment__card .comment__actions");
  if (!replies || !actions) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "comment__action";
  button.textContent = discussion.dataset.hideLabel;
  button.setAttribute("aria-expanded", "true");
  button.addEventListener("click", () => {
    replies.hidden = !replies.hidden;
    button.textContent = replies.hidden ? discussion.dataset.showLabel : discussion.dataset.hideLabel;
    button.setAttribute("aria-expanded", String(!replies.hidden));
  });
  const item = document.createElement("li");
  item.append(button);
  actions.append(item);
}

async function toggle(button) {
  button.disabled = true;
  try {
    const answer = await fetch(button.formAction, { method: "POST", body: new FormData(button.form), redirect: "manual" });
    if (answer.type !== "opaqueredirect") throw new Error(String(answer.status));
    const pressed = button.getAttribute("aria-pressed") !== "true";
    const count = button.querySelector("[data-useful-count]");
    count.textContent = Number(count.textContent) + (pressed ? 1 : -1) || "";
    button.setAttribute("aria-pressed", String(pressed));
    button.disabled = false;
    button.focus();
  } catch {
    // The page that follows a plain click says what went wrong.
    button.disabled = false;
    button.dataset.plainly = "";
    button.click();
  }
}

if (discussion?.dataset.hideLabel) discussion.querySelectorAll(".comment:has(> .thread)").forEach(fold);

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[form='useful']");
  if (!button || "plainly" in button.dataset) return;
  event.preventDefault();
  toggle(button);
});
