"""Those who may sign, each with a key that only an own passphrase opens."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from loket.documents.signers import Identity, store, tokens
from loket.kernel.errors import Invalid

from . import authority, pkcs8

SHORTEST_PASSPHRASE = 12
_REF = re.compile(r"[a-z]{1,20}:[A-Za-z0-9-]{1,30}")


def prepare(*, at: datetime) -> None:
    """Make the authority and the key of the QRs, unless they exist."""
    authority.ensure_authority(at=at)
    tokens.ensure_key()


def enrol(*, signer_ref: str, name: str, title: str, passphrase: str, at: datetime) -> Identity:
    """Give a person a key and a certificate; an earlier certificate is revoked.

    :raises Invalid: if the passphrase is too short.
    """
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise Invalid(
            ngettext(
                "The passphrase needs at least %(count)d character.",
                "The passphrase needs at least %(count)d characters.",
                SHORTEST_PASSPHRASE,
            )
            % {"count": SHORTEST_PASSPHRASE}
        )
    path = _path(signer_ref)
    if path.exists():
        withdraw(signer_ref=signer_ref, reason=x509.ReasonFlags.superseded, at=at)
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = authority.certify(key.public_key(), name=name, title=title, at=at)
    store.write(path.with_suffix(".key"), pkcs8.lock(key, passphrase), mode=store.PRIVATE)
    store.write(path, certificate.public_bytes(serialization.Encoding.PEM), mode=store.PUBLIC)
    return identity(signer_ref=signer_ref)


def withdraw(*, signer_ref: str, reason: x509.ReasonFlags, at: datetime) -> None:
    """Revoke the certificate of a person and destroy the key.

    :raises Invalid: if the person has none.
    """
    held = certificate(signer_ref)
    authority.revoke(held.serial_number, reason=reason, at=at)
    path = _path(signer_ref)
    path.with_suffix(".key").unlink(missing_ok=True)
    path.unlink()


def certificate(signer_ref: str) -> x509.Certificate:
    """Return the certificate of a person.

    :raises Invalid: if the person has none.
    """
    path = _path(signer_ref)
    if not path.exists():
        raise Invalid(_("You have no certificate to sign with. Ask your administrator."))
    return x509.load_pem_x509_certificate(path.read_bytes())


def identity(*, signer_ref: str) -> Identity:
    """Return the certificate of a person, as the document prints it.

    :raises Invalid: if the person has none.
    """
    held = certificate(signer_ref)

    def named(oid: x509.ObjectIdentifier) -> str:
        return "".join(str(a.value) for a in held.subject.get_attributes_for_oid(oid))

    return Identity(
        name=named(NameOID.COMMON_NAME),
        title=named(NameOID.TITLE),
        sha256=held.fingerprint(hashes.SHA256()).hex(),
        not_before=held.not_valid_before_utc,
        not_after=held.not_valid_after_utc,
    )


def unlock(signer_ref: str, passphrase: str) -> ec.EllipticCurvePrivateKey:
    """Return the private key of a person. Each call costs what one guess costs.

    :raises Invalid: if the person has no key or the passphrase is wrong.
    """
    certificate(signer_ref)
    return pkcs8.unlock(_path(signer_ref).with_suffix(".key").read_bytes(), passphrase)


def check_config() -> list[str]:
    """Return what keeps this installation from signing."""
    root = store.folder("authority") / "root.pem"
    if not root.exists():
        return [_("There is no signing authority yet. Run the set-up.")]
    keys = [root.with_suffix(".key"), *store.folder("signers").glob("*.key")]
    return [
        _("%(file)s can be read by others. Set its mode to 600.") % {"file": path.name}
        for path in keys
        if path.stat().st_mode & 0o077
    ]


def _path(signer_ref: str) -> Path:
    if not _REF.fullmatch(signer_ref):
        raise Invalid(_("You have no certificate to sign with. Ask your administrator."))
    return store.folder("signers") / f"{signer_ref.replace(':', '-')}.pem"
