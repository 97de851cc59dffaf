// The grid of a roster: walking it with the keys, changing a cell in a dialog, dragging a turn.
// Without this file every cell is a link to a page of its own.
(() => {
  "use strict";

  const dialog = document.getElementById("cell-dialog");
  const form = document.getElementById("cell-form");
  let here = null;

  const grid = () => document.querySelector("[data-grid]");
  const cells = (row) => [...row.querySelectorAll("td[data-cell]")];
  const rows = () => [...grid().tBodies[0].rows].filter((row) => cells(row).length);
  const inner = (cell) => cell.querySelector("a") || cell;
  const byName = (name) => name && grid()?.querySelector(`td[data-cell="${CSS.escape(name)}"]`);
  const mayOpen = () => dialog && window.htmx && dialog.showModal;

  // Only one cell is in the order of the Tab key; the arrows walk from it.
  const start = () => {
    const table = grid();
    if (!table) return;
    table.setAttribute("role", "grid");
    table.querySelectorAll("td[data-cell]").forEach((cell) => { inner(cell).tabIndex = -1; });
    const first = byName(here) || table.querySelector("td[data-open]") || table.querySelector("td[data-cell]");
    if (first) inner(first).tabIndex = 0;
    table.parentElement.removeAttribute("tabindex");
    table.closest("section").querySelectorAll("[data-js]").forEach((one) => { one.hidden = false; });
    refused();
  };

  const go = (cell) => {
    if (!cell) return;
    grid().querySelectorAll("td[data-cell] > a[tabindex='0'], td[data-cell][tabindex='0']").forEach((one) => { one.tabIndex = -1; });
    here = cell.dataset.cell;
    inner(cell).tabIndex = 0;
    inner(cell).focus();
    cell.scrollIntoView({ block: "nearest", inline: "nearest" });
  };

  const steps = {
    ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0],
    PageDown: [0, 5], PageUp: [0, -5],
  };

  const walk = (event, cell) => {
    const all = rows();
    const row = all.indexOf(cell.parentElement);
    const column = cells(cell.parentElement).indexOf(cell);
    const last = cells(all[row]).length - 1;
    const within = (value, most) => Math.max(0, Math.min(value, most));
    if (event.key === "Home") return go(cells(all[event.ctrlKey ? 0 : row])[0]);
    if (event.key === "End") return go(cells(all[event.ctrlKey ? all.length - 1 : row])[last]);
    const [down, right] = steps[event.key];
    return go(cells(all[within(row + down, all.length - 1)])[within(column + right, last)]);
  };

  document.addEventListener("keydown", (event) => {
    const cell = event.target.closest?.("td[data-cell]");
    if (!cell || event.altKey || event.metaKey) return;
    if (event.key in steps || event.key === "Home" || event.key === "End") {
      event.preventDefault();
      walk(event, cell);
    } else if (event.key === " " && cell.querySelector("a")) {
      event.preventDefault();
      cell.querySelector("a").click();
    }
  });

  document.addEventListener("click", (event) => {
    const close = event.target.closest("[data-close]");
    if (close && dialog?.open) {
      event.preventDefault();
      dialog.close();
      return;
    }
    const link = event.target.closest("td[data-open] > a");
    if (!link || !mayOpen() || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    here = link.parentElement.dataset.cell;
    window.htmx.ajax("GET", link.getAttribute("href"), { target: "#cell-form", swap: "innerHTML" });
  });

  const drawnAnew = () => grid() && grid().getAttribute("role") !== "grid";

  // A cell was opened: show its form. The board was drawn anew: close the form in the same
  // moment, so that no key can reach a form whose change is already made.
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.target === form) {
      if (!dialog.open) dialog.showModal();
      form.querySelector("[data-focus], input:checked, input:not([type=hidden])")?.focus();
    } else if (drawnAnew() && dialog?.open) {
      dialog.close();
    }
  });

  // Settling puts attributes back as the server wrote them: only then is the grid made ready.
  document.addEventListener("htmx:afterSettle", () => {
    const told = document.querySelector("div.why[data-focus]");
    told?.removeAttribute("data-focus");
    told?.focus();
    if (!drawnAnew()) return;
    start();
    const cell = byName(here);
    if (cell) go(cell);
  });
  dialog?.addEventListener("close", () => {
    form.replaceChildren();
    const cell = byName(here);
    if (cell) go(cell);
  });

  // Why a turn could not be dragged is told beside the cell where it was dropped.
  const refused = () => {
    const told = document.getElementById("refused");
    const cell = told && byName(told.dataset.at);
    if (!cell) return;
    cell.classList.add("refused");
    const bubble = document.createElement("div");
    bubble.className = "bubble";
    bubble.setAttribute("aria-hidden", "true");
    bubble.textContent = told.textContent.trim();
    cell.append(bubble);
    setTimeout(() => bubble.scrollIntoView({ block: "nearest", inline: "nearest" }));
    setTimeout(() => bubble.remove(), 12000);
    bubble.addEventListener("click", () => bubble.remove());
    here = told.dataset.at;
  };

  // Dragging: an addition for the mouse; the dialog does the same.
  let dragged = null;
  document.addEventListener("dragstart", (event) => {
    dragged = event.target.closest?.("td[draggable]") || null;
    if (!dragged) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.dataset.cell);
    dragged.classList.add("dragged");
  });
  document.addEventListener("dragend", () => {
    dragged?.classList.remove("dragged");
    document.querySelectorAll(".roster .over").forEach((one) => one.classList.remove("over"));
    dragged = null;
  });
  document.addEventListener("dragover", (event) => {
    const cell = dragged && event.target.closest?.("td[data-open]");
    document.querySelectorAll(".roster .over").forEach((one) => one.classList.remove("over"));
    if (!cell || cell === dragged) return;
    event.preventDefault();
    cell.classList.add("over");
  });
  document.addEventListener("drop", (event) => {
    const cell = dragged && event.target.closest?.("td[data-open]");
    const carry = document.getElementById("drag");
    if (!cell || cell === dragged || !carry) return;
    event.preventDefault();
    carry.elements.from.value = dragged.dataset.cell;
    carry.elements.to.value = cell.dataset.cell;
    here = cell.dataset.cell;
    carry.requestSubmit();
  });

  start();
})();
