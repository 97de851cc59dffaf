"""Puts one certifying PAdES signature on a PDF; nothing may be added afterwards."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any

from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from django.utils.translation import gettext as _
from pyhanko.pdf_utils import generic as untyped
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko_certvalidator.registry import SimpleCertificateStore

from loket.kernel.errors import Invalid

from . import authority, field, people

RESERVED = 8192
"""Hexadecimal digits kept for the signature: two certificates and an ECDSA value fit."""

DER = serialization.Encoding.DER

generic: Any = untyped  # pyHanko says no types for what is called here.
Certificates: Any = SimpleCertificateStore


class _Signer(PdfSigner):
    """Signs at a given moment; the original reads the clock."""

    def __init__(
        self, meta: PdfSignatureMetadata, signer: SimpleSigner, *, at: datetime
    ) -> None:
        super().__init__(meta, signer)
        self._at = at

    def init_signing_session(
        self, pdf_out: BasePdfFileWriter, existing_fields_only: bool = False
    ) -> PdfSigningSession:
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self._at
        return session


class _Writer(IncrementalPdfFileWriter):
    def _update_meta(self) -> None:
        """Leave the metadata as it is: rewriting it breaks the PDF/A extension schema."""


def sign(
    pdf: bytes, *, signer_ref: str, passphrase: str, reason: str, location: str, at: datetime
) -> bytes:
    """Return the PDF signed by a person, certified against any change (DocMDP 1).

    :raises Invalid: if the person has no certificate that is valid now, or the passphrase
        is wrong.
    """
    certificate = people.certificate(signer_ref)
    if not certificate.not_valid_before_utc <= at < certificate.not_valid_after_utc:
        raise Invalid(_("Your certificate is not valid today. Ask your administrator."))
    key = people.unlock(signer_ref, passphrase)
    meta = PdfSignatureMetadata(
        field_name=field.NAME,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
        name=people.identity(signer_ref=signer_ref).name,
        reason=reason,
        location=location,
    )
    root = authority.ensure_authority(at=at)
    registry = Certificates.from_certs([_asn1(root)])
    plain = key.private_bytes(
        DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    signer = SimpleSigner(_asn1(certificate), asn1_keys.PrivateKeyInfo.load(plain), registry)
    writer = _Writer(BytesIO(pdf))
    field.add(writer)
    _embed_revocations(writer, authority.revocations(at=at), root)
    signed = _Signer(meta, signer, at=at).sign_pdf(writer, bytes_reserved=RESERVED)
    return bytes(signed.getvalue())


def _asn1(certificate: x509.Certificate) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(certificate.public_bytes(DER))


def _embed_revocations(
    writer: Any,
    crl: x509.CertificateRevocationList,
    root: x509.Certificate,
) -> None:
    """Keep in the file what a reader needs to check the signer without the network."""

    def stream(data: bytes) -> Any:
        # In digits: binary data may end with a line break, and where it ends is then
        # unclear to those who check for PDF/A.
        held = generic.StreamObject(
            {generic.NameObject("/Filter"): generic.NameObject("/ASCIIHexDecode")},
            encoded_data=data.hex().encode() + b">",
        )
        return generic.ArrayObject([writer.add_object(held)])

    store = generic.DictionaryObject(
        {
            generic.NameObject("/Type"): generic.NameObject("/DSS"),
            generic.NameObject("/Certs"): stream(root.public_bytes(DER)),
            generic.NameObject("/CRLs"): stream(crl.public_bytes(DER)),
        }
    )
    writer.root["/DSS"] = writer.add_object(store)
    writer.update_root()
