// Small comforts. Every page works without this file.
"use strict";

// After a mistake, go to the summary of what is wrong.
function focusSummary(root) {
  const summary = root.querySelector("[data-focus]");
  if (summary) summary.focus();
}

// Choosing a city shows its districts at once; without this, a button does it.
async function fillNext(select) {
  const next = document.getElementById(select.dataset.fills);
  const empty = next.querySelector('option[value=""]');
  next.replaceChildren(empty);
  next.value = "";
  next.dispatchEvent(new Event("change"));
  next.disabled = !select.value;
  if (!select.value) return;
  const answer = await fetch(select.dataset.source + encodeURIComponent(select.value));
  for (const [code, name] of await answer.json()) next.add(new Option(name, code));
}

document.addEventListener("change", (event) => {
  if (event.target.dataset.fills) fillNext(event.target);
});

// One press sends once; the server would not mind, but the person may worry.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent && Date.now() - form.dataset.sent < 4000) event.preventDefault();
  else form.dataset.sent = Date.now();
});
addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy],[data-print]");
  if (!button) return;
  if ("print" in button.dataset) print();
  else {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.textContent = button.dataset.copied;
  }
});

// Dropping a file on the frame is choosing it.
for (const type of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(type, (event) => {
    const frame = event.target.closest?.("[data-drop]");
    if (!frame) return;
    event.preventDefault();
    frame.classList.toggle("over", type === "dragover");
    if (type !== "drop") return;
    const input = frame.querySelector("input[type=file]");
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

document.documentElement.classList.add("js");
for (const element of document.querySelectorAll("[data-js]")) element.hidden = false;
for (const element of document.querySelectorAll("[data-no-js]")) element.hidden = true;
focusSummary(document);

// On a slow line people go on while a part of the page is drawn again: put back what they gave.
let given = [];
let decided = [];
const toggles = ["radio", "checkbox"];

function putBack(old) {
  const isToggle = toggles.includes(old.type);
  const now = [...document.getElementsByName(old.name)].find(
    (input) => input.type === old.type && (!isToggle || input.value === old.value));
  if (!now || (now.value === old.value && now.checked === old.checked)) return;
  if (now.options && ![...now.options].some((option) => option.value === old.value)) return;
  now.value = old.value;
  if (isToggle) now.checked = old.checked;
  if (!isToggle || now.checked) decided.push(now);
}

document.addEventListener("htmx:beforeSwap", (event) => {
  const inputs = event.detail.target.querySelectorAll("input, select, textarea");
  given = [...inputs].filter((input) => input.name && !["hidden", "file"].includes(input.type));
});
document.addEventListener("htmx:afterSwap", (event) => {
  given.splice(0).forEach(putBack);
  focusSummary(event.target);
});
document.addEventListener("htmx:afterSettle", () => {
  for (const input of decided.splice(0)) {
    // What was chosen meanwhile may change what is asked: draw once more.
    if (input.matches("[hx-post]")) input.dispatchEvent(new Event("change", { bubbles: true }));
  }
});
