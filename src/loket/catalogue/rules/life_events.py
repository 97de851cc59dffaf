"""What happens in a life that brings a person to the counter."""

from __future__ import annotations

from loket.kernel.texts import Text

LIFE_EVENTS: dict[str, Text] = {
    "birth": Text(id="Kelahiran anak", en="A child is born"),
    "family": Text(id="Keluarga dan anggota keluarga", en="Family and household"),
    "adulthood": Text(id="Menjadi dewasa", en="Coming of age"),
    "marriage": Text(id="Perkawinan", en="Marriage"),
    "moving": Text(id="Pindah rumah", en="Moving house"),
    "lost": Text(id="Dokumen hilang atau rusak", en="A lost or damaged document"),
    "death": Text(id="Kematian", en="A death in the family"),
}
"""In the order in which pages show them."""
