// Comforts for the check: arrows go from finding to finding, and the other pane follows.
"use strict";

const findings = [...document.querySelectorAll(".to-place")];

function go(link) {
  link.focus();
  const place = document.querySelector(link.getAttribute("href"));
  if (place) {
    document.querySelectorAll(".here").forEach((one) => one.classList.remove("here"));
    place.classList.add("here");
    place.closest(".pane").scrollTop += place.getBoundingClientRect().top - place.closest(".pane").getBoundingClientRect().top - 120;
  }
}

findings.forEach((link, at) => link.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const next = step && findings[at + step];
  if (next) {
    event.preventDefault();
    go(next);
  }
}));

addEventListener("hashchange", () => {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const link = target && target.querySelector(".to-place, .to-note");
  if (link) link.focus({ preventScroll: true });
});
