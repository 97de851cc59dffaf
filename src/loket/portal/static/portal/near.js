// Offices near the reader: the browser is asked for its position only when the button is pressed.
"use strict";

const button = document.querySelector("[data-near]");
const told = document.querySelector("[data-near-status]");

function go({ coords }) {
  // Three decimals are some 100 metres: enough for a distance, too little for an address.
  const url = new URL(location.href);
  for (const name of ["city", "district", "region", "page"]) url.searchParams.delete(name);
  url.searchParams.set("near", `${coords.latitude.toFixed(3)},${coords.longitude.toFixed(3)}`);
  url.hash = "found";
  location.assign(url);
}

button?.addEventListener("click", () => {
  const failed = () => { told.textContent = button.dataset.failed; };
  if (!navigator.geolocation) failed();
  else navigator.geolocation.getCurrentPosition(go, failed, { timeout: 15000, maximumAge: 300000 });
});
