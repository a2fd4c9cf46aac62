// A button that can do nothing is not shown: passkeys need this script and a browser that knows them.
const place = document.querySelector("[data-passkey]");

if (place && window.PublicKeyCredential) {
  place.hidden = false;
}
