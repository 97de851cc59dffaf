// Turning and enlarging the sheets of a document. Without this script each sheet opens large.
(() => {
  "use strict";

  const show = (sheet) => {
    const image = sheet.querySelector("img");
    const turn = Number(sheet.dataset.turn || 0);
    sheet.querySelector(".view").dataset.turn = String(turn);
    if (sheet.dataset.zoom === "on" && image.src !== image.dataset.large) {
      image.src = image.dataset.large;
    }
    sheet.querySelector("[data-zoom]").setAttribute("aria-pressed", String(sheet.dataset.zoom === "on"));
  };

  const act = (sheet, what) => {
    if (what === "rotate") {
      sheet.dataset.turn = String((Number(sheet.dataset.turn || 0) + 90) % 360);
    } else {
      sheet.dataset.zoom = sheet.dataset.zoom === "on" ? "off" : "on";
    }
    show(sheet);
  };

  document.querySelectorAll("[data-sheet]").forEach((sheet) => {
    sheet.querySelectorAll("[data-rotate], [data-zoom]").forEach((button) => {
      button.hidden = false;
      button.addEventListener("click", () => act(sheet, "rotate" in button.dataset ? "rotate" : "zoom"));
    });
    sheet.querySelector(".view").addEventListener("keydown", (event) => {
      if (event.key === "r") act(sheet, "rotate");
      if (event.key === "+" || event.key === "z") act(sheet, "zoom");
    });
  });

  document.querySelectorAll("[data-check-all]").forEach((box) => {
    box.closest("label").hidden = false;
    box.addEventListener("change", () => {
      document.querySelectorAll(`input[name="${box.dataset.checkAll}"]:not(:disabled)`).forEach((one) => {
        one.checked = box.checked;
      });
    });
  });
})();

// The menu: only one group is open, and it closes like one. Without this each closes by a press.
(() => {
  "use strict";

  const groups = [...document.querySelectorAll("details.menu")];
  const close = (except) => groups.forEach((group) => group !== except && group.removeAttribute("open"));

  groups.forEach((group) => group.addEventListener("toggle", () => group.open && close(group)));
  document.addEventListener("click", (event) => close(event.target.closest("details.menu")));
  document.addEventListener("keydown", (event) => {
    const open = groups.find((group) => group.open);
    if (event.key !== "Escape" || !open) return;
    close();
    open.querySelector("summary").focus();
  });
  groups.forEach((group) => group.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !group.contains(event.relatedTarget)) group.removeAttribute("open");
  }));
})();

// A wide table whose last filled columns matter most. Without this it begins at its first.
document.querySelectorAll("[data-scroll-end]").forEach((area) => {
  const last = [...area.querySelectorAll("tbody tr:first-child td:has(a)")].at(-1);
  if (last) area.scrollLeft = last.offsetLeft + last.offsetWidth - area.clientWidth;
});
