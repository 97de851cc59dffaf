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
