// A video loads in place of its link after a click; before that, its host isn't contacted.
// The link stays below the player, in case the player is blocked.

const PLAYERS = ["www.youtube-nocookie.com", "player.vimeo.com"];

function player(figure) {
  const address = new URL(figure.dataset.embed);
  if (address.protocol !== "https:" || !PLAYERS.includes(address.host)) return null;
  address.searchParams.set("autoplay", "1");
  const frame = document.createElement("iframe");
  frame.title = figure.dataset.title;
  frame.setAttribute("sandbox", "allow-scripts allow-same-origin allow-presentation");
  frame.referrerPolicy = "strict-origin";  // without one, YouTube's player refuses to play
  frame.allow = "autoplay; fullscreen; picture-in-picture";
  frame.allowFullscreen = true;
  frame.loading = "lazy";
  frame.src = address.href;
  return frame;
}

document.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  const link = event.target.closest("figure[data-embed] > .embed__link");
  const frame = link && player(link.parentElement);
  if (!frame) return;
  event.preventDefault();
  link.before(frame);
  link.classList.replace("embed__link", "embed__elsewhere");
  frame.focus();
});
