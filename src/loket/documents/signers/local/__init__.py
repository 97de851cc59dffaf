"""Signs with keys of this installation's own authority: for demos, tests and small offices."""

from .authority import ensure_authority
from .pdf import sign
from .people import check_config, enrol, identity, prepare, withdraw

__all__ = [
    "check_config", "enrol", "ensure_authority", "identity", "prepare", "sign", "withdraw",
]  # fmt: skip
