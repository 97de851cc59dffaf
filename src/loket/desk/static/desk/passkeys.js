// Ties the forms marked data-passkey to allauth's WebAuthn: which function, and which ids.
"use strict";

for (const form of document.querySelectorAll("[data-passkey]")) {
  const { passkey, ...ids } = form.dataset;
  window.allauth.webauthn.forms[passkey]({ ids });
}
