"""What it costs to take in a photograph and a scan: inspected, cleaned, kept.

The sandbox's processes die uncounted, so that the inspection is measured here, in the same
code without the sandbox; what it adds (a fork) is less than a hundredth of it.
"""

from __future__ import annotations

import io
import random

from PIL import Image, ImageDraw

from bench import cpu
from bench.figures import Figure, at_most
from loket.files import services as files
from loket.files.rules.inspect import inspect
from loket.kernel import clock
from loket.kernel.access import Actor

TIMES = 5
WIDTH, HEIGHT = 4000, 3000
AIM_PHOTO, AIM_PDF = 1500, 500


def measure() -> list[Figure]:
    """Return the CPU that one upload costs."""
    photo = photograph()
    return [
        taken("photograph of 12 megapixels", photo, "foto.jpg", aim=AIM_PHOTO),
        taken("PDF of 4 scanned pages", scanned(photo, pages=4), "scan.pdf", aim=AIM_PDF),
    ]


def taken(name: str, data: bytes, file: str, *, aim: float) -> Figure:
    """Inspect and store the same bytes a few times."""
    meter = cpu.in_process()
    inspecting, storing = [], []
    for _time in range(TIMES + 1):
        meter.start()
        verdict = inspect(data, file)
        inspecting.append(meter.stop())
        meter.start()
        store(data, file)
        storing.append(meter.stop())
    each = [a + b for a, b in zip(inspecting[1:], storing[1:], strict=True)]
    detail = {
        "bytes": len(data),
        "bytes_kept": len(verdict.data),
        "outcome": verdict.outcome,
        "cpu_ms_inspecting": round(sum(inspecting[1:]) / TIMES, 1),
        "cpu_ms_storing": round(sum(storing[1:]) / TIMES, 1),
    }
    return at_most(f"upload, {name}", sum(each) / TIMES, unit="CPU ms", aim=aim, detail=detail)


def store(data: bytes, name: str) -> None:
    actor = Actor.system("bench")
    files.store(data=data, name=name, owner="draft:BENCH", actor=actor, at=clock.now())


def photograph() -> bytes:
    """Return a JPEG as a telephone makes one: grain, edges, and no two pixels alike."""
    noise = Image.frombytes("RGB", (WIDTH // 8, HEIGHT // 8), random.Random(1).randbytes(
        WIDTH // 8 * (HEIGHT // 8) * 3))  # fmt: skip
    picture = noise.resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC)
    draw = ImageDraw.Draw(picture)
    for line in range(0, HEIGHT, 60):
        draw.line((0, line, WIDTH, line + 20), fill=(30, 30, 30), width=4)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=85)
    return out.getvalue()


def scanned(photo: bytes, *, pages: int) -> bytes:
    """Return a PDF with one picture on every page."""
    picture = Image.open(io.BytesIO(photo)).resize((1600, 1200))
    first, *others = (picture.rotate(n) for n in range(pages))
    out = io.BytesIO()
    first.save(out, "PDF", save_all=True, append_images=others)
    return out.getvalue()
