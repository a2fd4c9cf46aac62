// Shows the passkey button only where it works: it needs this script and a browser with passkeys.
const container = document.querySelector("[data-passkey]");

if (container && window.PublicKeyCredential) {
  container.hidden = false;
}
