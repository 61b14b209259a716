// A clause shown beside the link to it, by mouse or keyboard; without this script the link leads there.
"use strict";

const box = document.createElement("div");
box.id = "preview";
box.hidden = true;
box.setAttribute("role", "tooltip");
document.body.append(box);
const kept = new Map();
let wanted = null;
let leaving = 0;

async function clause(link) {
  const place = new URL(link.href);
  const asked = new URL(place.pathname.replace("/read/", "/preview/"), place);
  asked.searchParams.set("path", decodeURIComponent(place.hash.slice(1)));
  if (!kept.has(asked.href)) {
    const answer = await fetch(asked).catch(() => null);
    kept.set(asked.href, answer && answer.ok ? new DOMParser().parseFromString(await answer.text(), "text/html").body.firstElementChild : null);
  }
  return kept.get(asked.href);
}

async function open(link) {
  wanted = link;
  await new Promise((done) => { setTimeout(done, 200); });
  const shown = wanted === link && await clause(link);
  if (!shown || wanted !== link) return;
  box.replaceChildren(shown);
  box.hidden = false;
  const around = link.getClientRects()[0];
  const below = around.bottom + box.offsetHeight + 8 < innerHeight || around.top < box.offsetHeight + 8;
  box.style.left = `${Math.max(8, Math.min(around.left, innerWidth - box.offsetWidth - 8))}px`;
  box.style.top = `${below ? around.bottom + 4 : around.top - box.offsetHeight - 4}px`;
  link.setAttribute("aria-describedby", "preview");
}

function close() {
  if (wanted) wanted.removeAttribute("aria-describedby");
  wanted = null;
  box.hidden = true;
}

function leave() { leaving = setTimeout(close, 250); }

for (const link of document.querySelectorAll('main a[href^="/read/"][href*="#"]')) {
  link.removeAttribute("title");
  link.addEventListener("mouseenter", () => { clearTimeout(leaving); close(); open(link); });
  link.addEventListener("mouseleave", leave);
  link.addEventListener("focus", () => { if (link.matches(":focus-visible")) { close(); open(link); } });
  link.addEventListener("blur", close);
}
box.addEventListener("mouseenter", () => clearTimeout(leaving));
box.addEventListener("mouseleave", leave);
addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
addEventListener("scroll", () => { if (!box.hidden) close(); }, { passive: true });
