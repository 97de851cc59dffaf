"""Private keys under a passphrase: PKCS#8 with scrypt and AES-256 (RFC 5958, 7914).

``openssl pkey -in FILE`` reads it. Written here because the cryptography package reads
scrypt but writes PBKDF2 with few rounds only.
"""

from __future__ import annotations

import hashlib
import os

from asn1crypto import core, pem
from cryptography.hazmat.primitives import padding, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from django.utils.translation import gettext as _

from loket.kernel.errors import Invalid

COST, BLOCK, PARALLEL = 2**14, 8, 1
"""Costs about 40 ms and 16 MB for each guess."""

PBES2 = "1.2.840.113549.1.5.13"
SCRYPT = "1.3.6.1.4.1.11591.4.11"
AES256_CBC = "2.16.840.1.101.3.4.1.42"


class _Scrypt(core.Sequence):  # type: ignore[misc]
    _fields = [
        ("salt", core.OctetString),
        ("cost", core.Integer),
        ("block", core.Integer),
        ("parallel", core.Integer),
    ]


class _Derivation(core.Sequence):  # type: ignore[misc]
    _fields = [("algorithm", core.ObjectIdentifier), ("parameters", _Scrypt)]


class _Encryption(core.Sequence):  # type: ignore[misc]
    _fields = [("algorithm", core.ObjectIdentifier), ("parameters", core.OctetString)]


class _Scheme(core.Sequence):  # type: ignore[misc]
    _fields = [("derivation", _Derivation), ("encryption", _Encryption)]


class _Algorithm(core.Sequence):  # type: ignore[misc]
    _fields = [("algorithm", core.ObjectIdentifier), ("parameters", _Scheme)]


class _EncryptedKey(core.Sequence):  # type: ignore[misc]
    _fields = [("algorithm", _Algorithm), ("data", core.OctetString)]


def lock(key: ec.EllipticCurvePrivateKey, passphrase: str) -> bytes:
    """Return a private key as PEM that only the passphrase opens."""
    plain = key.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    salt, vector = os.urandom(16), os.urandom(16)
    derived = hashlib.scrypt(
        passphrase.encode(), salt=salt, n=COST, r=BLOCK, p=PARALLEL, maxmem=2**26, dklen=32
    )
    padder = padding.PKCS7(128).padder()
    encryptor = Cipher(algorithms.AES(derived), modes.CBC(vector)).encryptor()
    data = encryptor.update(padder.update(plain) + padder.finalize()) + encryptor.finalize()
    locked = _EncryptedKey(
        {
            "algorithm": {
                "algorithm": PBES2,
                "parameters": {
                    "derivation": {
                        "algorithm": SCRYPT,
                        "parameters": {
                            "salt": salt, "cost": COST, "block": BLOCK, "parallel": PARALLEL,
                        },
                    },
                    "encryption": {"algorithm": AES256_CBC, "parameters": vector},
                },
            },
            "data": data,
        }
    )  # fmt: skip
    return bytes(pem.armor("ENCRYPTED PRIVATE KEY", locked.dump()))


def unlock(locked: bytes, passphrase: str) -> ec.EllipticCurvePrivateKey:
    """Return the private key.

    :raises Invalid: if the passphrase is wrong.
    """
    try:
        key = serialization.load_pem_private_key(locked, passphrase.encode())
    except (ValueError, TypeError):
        # Without its cause: what the library says may hold parts of the key.
        raise Invalid(_("The passphrase is wrong.")) from None
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise Invalid(_("The passphrase is wrong."))
    return key
