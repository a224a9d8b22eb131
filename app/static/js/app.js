// Small improvements; every page works without them.
"use strict";

// A form is sent once: the button shows that it is busy and ignores a second press.
document.addEventListener("submit", (event) => {
  const form = event.target, pressed = event.submitter;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "yes";
  if (pressed) pressed.setAttribute("aria-busy", "true");
  setTimeout(release, 10_000); // the answer was a file, or never came: let the person try again
});
function release() {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  for (const button of document.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
}
addEventListener("pageshow", release); // back button: the page may be sent again

// <button data-copy="id"> copies the value of that field and says so.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const field = document.getElementById(button.dataset.copy);
  try { await navigator.clipboard.writeText(field.value); } catch { field.select(); return; }
  button.textContent = button.dataset.copied || button.textContent;
});

// Say how much room a text has left, once little is left.
for (const area of document.querySelectorAll("textarea[maxlength][data-left]")) {
  const note = document.createElement("p");
  note.className = "hint";
  note.setAttribute("aria-live", "polite");
  area.after(note);
  const say = () => {
    const left = area.maxLength - area.value.length;
    note.textContent = left <= 200 ? area.dataset.left.replace("{n}", String(left)) : "";
  };
  area.addEventListener("input", say);
  say();
}

// Staff keys: / search, j and k through the rows, x picks, ? opens the list of keys. Never while typing.
const KEYS = {
  "/": () => document.querySelector("input[type=search]")?.focus(),
  "?": () => document.getElementById("keys")?.showPopover?.(),
  "j": () => step(1),
  "k": () => step(-1),
  "x": () => row()?.querySelector("input[type=checkbox]")?.click(),
};
const rows = () => [...document.querySelectorAll(".queue a.queue__title")];
const row = () => document.activeElement?.closest("tr");
function step(by) {
  const links = rows();
  if (!links.length) return;
  const at = links.findIndex((link) => link.closest("tr") === row());
  links[Math.min(Math.max(at + by, 0), links.length - 1)].focus();
}
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || !document.body.classList.contains("staff")) return;
  if (event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]")) return;
  if (!KEYS[event.key]) return;
  event.preventDefault();
  KEYS[event.key]();
});
