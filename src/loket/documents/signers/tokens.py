"""The signed payload of the QR: a compact JWS (ES256), whoever signs the PDF.

The public keys are published as a JWK set; old keys stay in it, so that old documents
can be verified for ever.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from jwt.algorithms import ECAlgorithm

from . import store

ALGORITHM = "ES256"


def ensure_key() -> str:
    """Return the identifier of the newest key; make the first if there is none."""
    held = sorted(store.folder("tokens").glob("*.pem"), key=lambda p: p.stat().st_mtime_ns)
    return held[-1].stem if held else new_key()


def new_key() -> str:
    """Make a key that signs from now on, publish it, and return its identifier."""
    key = ec.generate_private_key(ec.SECP256R1())
    public = ECAlgorithm.to_jwk(key.public_key(), as_dict=True)
    canonical = json.dumps(
        {name: public[name] for name in ("crv", "kty", "x", "y")}, separators=(",", ":")
    )
    kid = hashlib.sha256(canonical.encode()).hexdigest()[:8]
    pem = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    store.write(store.folder("tokens") / f"{kid}.pem", pem, mode=store.PRIVATE)
    published = jwks()
    published["keys"].append({**public, "kid": kid, "alg": ALGORITHM, "use": "sig"})
    store.write(
        store.folder("trust") / "tokens.json",
        json.dumps(published, indent=2).encode(),
        mode=store.PUBLIC,
    )
    return kid


def jwks() -> dict[str, Any]:
    """Return the public keys as a JWK set (RFC 7517)."""
    path = store.folder("trust") / "tokens.json"
    return dict(json.loads(path.read_text())) if path.exists() else {"keys": []}


def sign(claims: dict[str, str | int]) -> str:
    """Return the claims as a compact JWS."""
    kid = ensure_key()
    pem = (store.folder("tokens") / f"{kid}.pem").read_bytes()
    key = serialization.load_pem_private_key(pem, None)
    # No "typ": every byte makes the QR finer.
    return jwt.encode(claims, key, algorithm=ALGORITHM, headers={"kid": kid, "typ": None})  # type: ignore[arg-type]
