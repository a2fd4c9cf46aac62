// While a guest writes, their browser solves a puzzle in the background. Where it can't, a comment
// is taken without, so nothing here ever stands in the way of posting. Of ALTCHA only the solver is
// used: its widget weighs twelve times as much, watches the pointer, and takes over the form's buttons.

function solve(challenge, address) {
  return new Promise((resolve, reject) => {
    const worker = new Worker(address);
    const end = (act, value) => { worker.terminate(); act(value); };
    worker.addEventListener("message", ({ data }) => (data?.derivedKey ? end(resolve, data) : end(reject, data?.error)));
    worker.addEventListener("error", (event) => end(reject, event));
    worker.postMessage({ type: "work", challenge, counterStart: 0, counterStep: 1 });
  });
}

function forget(field) {
  field.value = "";
  delete field.dataset.proof;
}

async function prove(field) {
  field.dataset.proof = "begun";
  try {
    const answer = await fetch(field.dataset.challenge, { credentials: "omit" });
    if (!answer.ok) throw new Error(String(answer.status));
    const challenge = await answer.json();
    // In good time before it grows too old, it makes way for another.
    setTimeout(forget, (Number(field.dataset.seconds) - 60) * 1000, field);
    const solution = await solve(challenge, field.dataset.worker);
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

// Whoever comes back to a page finds in it what was used when they left.
addEventListener("pageshow", (event) => event.persisted && fields().forEach(forget));
