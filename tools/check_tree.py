"""Refuse what must not be committed: registry hosts, paths of a machine, stray secrets."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

# One sign of each stands in brackets, so that this file does not refuse itself.
WORDS = {
    "a package registry's host": r"p[y]thonhosted|\bp[y]pi\.org|registry\.n[p]mjs|d[e]b\.debian",
    "a path of one machine": r"(?<![\w.])/r[o]ot/|(?<![\w.])/w[o]rk/",
    "a private key": r"PRIVATE K[E]Y-----\s+[A-Za-z0-9+/=]{40}",
}
LOCK_ADDRESS = re.compile(r"https?://")


def problems(path: Path) -> list[str]:
    """Return what is wrong with one file."""
    try:
        text = path.read_text(encoding="utf-8")
    except (UnicodeDecodeError, FileNotFoundError, IsADirectoryError):
        return []
    found = [f"{path}: names {what}" for what, words in WORDS.items() if re.search(words, text)]
    if path.suffix == ".lock" and LOCK_ADDRESS.search(text):
        found.append(f"{path}: a lock file names an address")
    return found


def main() -> int:
    listing = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"],
        capture_output=True,
        text=True,
        check=True,
    )
    found = [p for name in listing.stdout.splitlines() for p in problems(Path(name))]
    sys.stderr.write("".join(f"{line}\n" for line in found))
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
