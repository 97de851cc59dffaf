"""Verifying in a process that never signed, as a web server and ``loket verify`` do."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from loket.documents import queries

PROGRAM = "from loket.site.command import main; main()"


def test_loket_verify_knows_a_certificate_that_another_process_signed(issued, keys, tmp_path):
    certificate = tmp_path / "akta.pdf"
    certificate.write_bytes(queries.content(issued.document))
    # Signed at the moment of the tests, which has passed by the clock of the command.
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, "verify", str(certificate), "--json"],
        env=os.environ | {"LOKET_KEYS": str(keys), "PYTHONPATH": str(Path("src").absolute())},
        capture_output=True,
        text=True,
        check=False,
    )
    facts = json.loads(done.stdout)
    assert (done.returncode, facts["reason"], facts["code"]) == (
        0,
        "valid",
        issued.document.code,
    )
