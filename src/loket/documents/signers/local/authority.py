"""A certificate authority of this installation's own, made at set-up."""

from __future__ import annotations

from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from loket.documents.rules import purposes
from loket.documents.signers import store

ROOT_LIFE = timedelta(days=3652)
SIGNER_LIFE = timedelta(days=730)
CRL_LIFE = timedelta(days=30)
CRL_RENEWAL = timedelta(days=7)
LONGEST_NAME = 64
"""X.520 allows no longer common name."""

PEM = serialization.Encoding.PEM


def ensure_authority(*, at: datetime) -> x509.Certificate:
    """Return the root certificate; make the authority and its first list if there is none."""
    path = store.folder("authority") / "root.pem"
    if path.exists():
        return x509.load_pem_x509_certificate(path.read_bytes())
    key = ec.generate_private_key(ec.SECP256R1())
    root = _root(key, at=at)
    plain = key.private_bytes(
        PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    store.write(store.folder("authority") / "root.key", plain, mode=store.PRIVATE)
    store.write(path, root.public_bytes(PEM), mode=store.PUBLIC)
    store.write(
        store.folder("trust", "roots") / "local.pem", root.public_bytes(PEM), mode=store.PUBLIC
    )
    publish_revocations((), at=at)
    return root


def _root(key: ec.EllipticCurvePrivateKey, *, at: datetime) -> x509.Certificate:
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "ID"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Loket"),
            x509.NameAttribute(NameOID.COMMON_NAME, "Loket Document Authority"),
        ]
    )
    public = key.public_key()
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(at)
        .not_valid_after(at + ROOT_LIFE)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(key_cert_sign=True, crl_sign=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
    )
    return builder.sign(key, hashes.SHA256())


def _usage(**granted: bool) -> x509.KeyUsage:
    names = (
        "digital_signature", "content_commitment", "key_encipherment", "data_encipherment",
        "key_agreement", "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
    )  # fmt: skip
    return x509.KeyUsage(**{name: granted.get(name, False) for name in names})


def _root_key() -> ec.EllipticCurvePrivateKey:
    pem = (store.folder("authority") / "root.key").read_bytes()
    key = serialization.load_pem_private_key(pem, None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise TypeError("the authority's key is not an elliptic curve key")
    return key


def certify(
    public: ec.EllipticCurvePublicKey, *, name: str, title: str, at: datetime
) -> x509.Certificate:
    """Return a certificate with which a person may sign documents of the civil registry."""
    root = ensure_authority(at=at)
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "ID"),
            x509.NameAttribute(NameOID.COMMON_NAME, name[:LONGEST_NAME]),
            x509.NameAttribute(NameOID.TITLE, title[:LONGEST_NAME]),
        ]
    )
    purposes_of_key = [
        x509.ObjectIdentifier(purposes.CIVIL_DOCUMENTS),
        x509.ObjectIdentifier(purposes.DOCUMENT_SIGNING),
        # Readers built on NSS, such as pdfsig, trust a signer only with this one.
        ExtendedKeyUsageOID.EMAIL_PROTECTION,
    ]
    issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(_root_key().public_key())
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(root.subject)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(at)
        .not_valid_after(min(at + SIGNER_LIFE, root.not_valid_after_utc))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(digital_signature=True, content_commitment=True), critical=True)
        .add_extension(x509.ExtendedKeyUsage(purposes_of_key), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(issuer, critical=False)
    )
    return builder.sign(_root_key(), hashes.SHA256())


def revocations(*, at: datetime) -> x509.CertificateRevocationList:
    """Return the list of revoked certificates, published anew when it grows old."""
    path = store.folder("trust", "crls") / "local.pem"
    held = x509.load_pem_x509_crl(path.read_bytes())
    if held.last_update_utc <= at < held.last_update_utc + CRL_RENEWAL:
        return held
    return publish_revocations(tuple(held), at=at)


def revoke(serial: int, *, reason: x509.ReasonFlags, at: datetime) -> None:
    """Put a certificate on the list of revoked ones and publish it."""
    entry = (
        x509.RevokedCertificateBuilder()
        .serial_number(serial)
        .revocation_date(at)
        .add_extension(x509.CRLReason(reason), critical=False)
        .build()
    )
    held = tuple(e for e in revocations(at=at) if e.serial_number != serial)
    publish_revocations((*held, entry), at=at)


def publish_revocations(
    entries: tuple[x509.RevokedCertificate, ...], *, at: datetime
) -> x509.CertificateRevocationList:
    """Write the list of revoked certificates, signed by the authority."""
    root = ensure_authority(at=at)
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(root.subject)
        .last_update(at)
        .next_update(at + CRL_LIFE)
        .add_extension(x509.CRLNumber(int(at.timestamp())), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(_root_key().public_key()),
            critical=False,
        )
    )
    for entry in entries:
        builder = builder.add_revoked_certificate(entry)
    crl = builder.sign(_root_key(), hashes.SHA256())
    store.write(
        store.folder("trust", "crls") / "local.pem", crl.public_bytes(PEM), mode=store.PUBLIC
    )
    return crl
