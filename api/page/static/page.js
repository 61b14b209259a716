// Comforts only: the page works without this script.
"use strict";

const HISTORY = "danggui-history";
const MOST = 30;

function history() {
  try { return JSON.parse(localStorage.getItem(HISTORY)) || []; } catch { return []; }
}

function keep(answer) {
  const one = { q: answer.dataset.question, day: answer.dataset.day, at: location.pathname + location.search };
  const others = history().filter((other) => other.at !== one.at);
  try { localStorage.setItem(HISTORY, JSON.stringify([one, ...others].slice(0, MOST))); } catch { /* no room */ }
}

function show(section) {
  const list = section.querySelector("ul");
  list.replaceChildren(...history().map((one) => {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = String(one.at).startsWith("/?") ? one.at : "/";
    link.textContent = `${one.q}（${one.day}）`;
    item.append(link);
    return item;
  }));
  section.hidden = !list.children.length;
}

async function copy(button) {
  const said = button.textContent;
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.textContent = "已复制";
  } catch {
    button.textContent = "浏览器不让复制";
  }
  setTimeout(() => { button.textContent = said; }, 1500);
}

for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = !navigator.clipboard;  // browsers have it on https and on this machine alone
  button.addEventListener("click", () => copy(button));
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

for (const area of document.querySelectorAll("form.ask textarea")) {
  area.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      area.form.requestSubmit();
    }
  });
}

const waiting = new Set();
for (const form of document.forms) {
  form.addEventListener("submit", () => {
    form.setAttribute("aria-busy", "true");
    waiting.add(form);
  });
}
addEventListener("pageshow", () => waiting.forEach((form) => form.removeAttribute("aria-busy")));

const answer = document.querySelector(".answer");
if (answer) keep(answer);
const section = document.getElementById("history");
if (section) {
  show(section);
  document.getElementById("forget").addEventListener("click", () => { localStorage.removeItem(HISTORY); show(section); });
}

if (matchMedia("(max-width: 50rem)").matches) {
  for (const part of document.querySelectorAll(".folds")) part.open = false;
}

for (const form of document.querySelectorAll("form.upload")) {
  const field = form.querySelector("input[type=file]");
  form.addEventListener("dragover", (event) => { event.preventDefault(); form.classList.add("over"); });
  form.addEventListener("dragleave", () => form.classList.remove("over"));
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    form.classList.remove("over");
    if (!event.dataTransfer.files.length) return;
    const taken = new DataTransfer();
    for (const file of field.multiple ? event.dataTransfer.files : [event.dataTransfer.files[0]]) taken.items.add(file);
    field.files = taken.files;
  });
}

async function follow(place) {
  const answer = await fetch(location.href, { headers: { accept: "text/html" } }).catch(() => null);
  const busy = !answer || answer.status === 503 || answer.status === 429;
  const shown = busy ? null : new DOMParser().parseFromString(await answer.text(), "text/html");
  const now = shown && shown.querySelector("[data-poll]");
  if (shown && !now) return location.reload();
  if (now && now.innerHTML !== place.innerHTML) place.replaceChildren(...now.childNodes);
  setTimeout(() => follow(place), 1000);
}

const poll = document.querySelector("[data-poll]");
if (poll) setTimeout(() => follow(poll), 500);
