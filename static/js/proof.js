// While a guest writes, their browser solves a challenge in the background. If it can't, the comment is
// accepted without a solution, so nothing here prevents posting. Only ALTCHA's solver is used: its widget
// is twelve times as large, tracks the pointer, and takes over the form's buttons.

function solve(challenge, workerUrl) {
  return new Promise((resolve, reject) => {
    const worker = new Worker(workerUrl);
    const finish = (settle, value) => { worker.terminate(); settle(value); };
    worker.addEventListener("message", ({ data }) => (data?.derivedKey ? finish(resolve, data) : finish(reject, data?.error)));
    worker.addEventListener("error", (event) => finish(reject, event));
    worker.postMessage({ type: "work", challenge, counterStart: 0, counterStep: 1 });
  });
}

function clear(field) {
  field.value = "";
  delete field.dataset.proof;
}

async function prove(field) {
  field.dataset.proof = "started";
  try {
    const response = await fetch(field.dataset.challengeUrl, { credentials: "omit" });
    if (!response.ok) throw new Error(String(response.status));
    const challenge = await response.json();
    // Discard it well before it expires, so that another one is made.
    setTimeout(clear, (Number(field.dataset.maxAge) - 60) * 1000, field);
    const solution = await solve(challenge, field.dataset.workerUrl);
    field.value = btoa(JSON.stringify({ challenge, solution }));
    field.dataset.proof = "done";
  } catch {
    field.dataset.proof = "none";
  }
}

const fields = () => document.querySelectorAll("input[name=altcha]");

for (const moment of ["focusin", "input"]) {
  document.addEventListener(moment, ({ target }) => {
    const field = target.closest?.("form")?.querySelector("input[name=altcha]");
    if (field && !field.dataset.proof) prove(field);
  });
}

// After going back to a page, its field still has the solution that was already used.
addEventListener("pageshow", (event) => event.persisted && fields().forEach(clear));
