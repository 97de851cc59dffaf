"""The signature (CMS, CAdES): every field of it must be as our signer writes it."""

from __future__ import annotations

from asn1crypto import cms
from asn1crypto import tsp as _tsp  # noqa: F401 -- teaches cms the signing certificate
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from . import der
from .container import Sealed
from .findings import Doubt, Reason
from .trust import Trust

DER = serialization.Encoding.DER
ATTRIBUTES = {"content_type", "message_digest", "signing_certificate_v2"}


def signer_of(sealed: Sealed, trust: Trust) -> x509.Certificate:
    """Return the certificate that signed the digest, issued by a trusted authority.

    :raises Doubt: if anything about the signature is not as it must be.
    """
    # Another spelling of the same values would be a change that nobody notices.
    _require(der.is_canonical(sealed.cms))
    content = cms.ContentInfo.load(sealed.cms, strict=True)
    if content["content_type"].native != "signed_data":
        raise Doubt(Reason.DAMAGED)
    signed = content["content"]
    certificate = _certificate(signed, trust)
    info = signed["signer_infos"][0]
    _check_digest(info, sealed, certificate)
    _check_signature(info, certificate)
    return certificate


def _certificate(signed: cms.SignedData, trust: Trust) -> x509.Certificate:
    _require(signed["version"].native == "v1")
    _require([a.native for a in signed["digest_algorithms"]] == [_SHA256])
    _require(signed["encap_content_info"]["content_type"].native == "data")
    _require(signed["encap_content_info"]["content"].native is None)
    _require(signed["crls"].native is None)
    _require(len(signed["signer_infos"]) == 1)
    sid = signed["signer_infos"][0]["sid"]
    _require(sid.name == "issuer_and_serial_number")
    held = [x509.load_der_x509_certificate(c.dump()) for c in signed["certificates"]]
    serial = sid.chosen["serial_number"].native
    mine = [c for c in held if c.serial_number == serial]
    _require(len(mine) == 1 and mine[0].issuer.public_bytes() == sid.chosen["issuer"].dump())
    root = trust.issuer_of(mine[0])
    if root is None:
        raise Doubt(Reason.OTHER_AUTHORITY)
    _require(all(c in (mine[0], root) for c in held))
    return mine[0]


_SHA256 = {"algorithm": "sha256", "parameters": None}


def _check_digest(info: cms.SignerInfo, sealed: Sealed, certificate: x509.Certificate) -> None:
    _require(info["version"].native == "v1")
    _require(info["digest_algorithm"].native == _SHA256)
    _require(info["unsigned_attrs"].native is None)
    attributes = {a["type"].native: a["values"] for a in info["signed_attrs"]}
    _require(len(info["signed_attrs"]) == len(ATTRIBUTES) and set(attributes) == ATTRIBUTES)
    _require(all(len(values) == 1 for values in attributes.values()))
    _require(attributes["content_type"][0].native == "data")
    named = attributes["signing_certificate_v2"][0]["certs"][0]["cert_hash"].native
    _require(named == certificate.fingerprint(hashes.SHA256()))
    if attributes["message_digest"][0].native != sealed.digest:
        raise Doubt(Reason.ALTERED)


def _check_signature(info: cms.SignerInfo, certificate: x509.Certificate) -> None:
    _require(
        info["signature_algorithm"].native == {"algorithm": "sha256_ecdsa", "parameters": None}
    )
    key = certificate.public_key()
    if not isinstance(key, ec.EllipticCurvePublicKey):
        raise Doubt(Reason.WRONG_PURPOSE)
    try:
        key.verify(
            info["signature"].native,
            info["signed_attrs"].untag().dump(),
            ec.ECDSA(hashes.SHA256()),
        )
    except InvalidSignature:
        raise Doubt(Reason.WRONG_SIGNATURE) from None


def _require(holds: bool) -> None:
    if not holds:
        raise Doubt(Reason.DAMAGED)
