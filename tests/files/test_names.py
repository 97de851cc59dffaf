from __future__ import annotations

import pytest

from loket.files.rules import names


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("akta.JPG", "akta.jpg"),
        ("Akta Lahir Ayu.jpeg", "Akta Lahir Ayu.jpg"),
        ("../../etc/passwd", "passwd.jpg"),
        ("C:\\Users\\ayu\\ktp.png", "ktp.jpg"),
        ("foto\u202egpj.exe", "fotogpj.jpg"),
        ("a\x00b\nc\u200d.jpg", "abc.jpg"),
        ("3171234567890001.jpg", "file.jpg"),
        ("KTP 3171.2345.6789.0001 Ayu.jpg", "KTP Ayu.jpg"),
        ("３１７１２３４５６７８９０００１.jpg", "file.jpg"),
        ("WA-20260302-1234.jpg", "WA-20260302-1234.jpg"),
        ("", "file.jpg"),
        (".jpg", "file.jpg"),
        ('<img src=x onerror="x()">.jpg', "img src=x onerror= x().jpg"),
        ("x" * 500 + ".jpg", "x" * 80 + ".jpg"),
    ],
)
def test_clean_keeps_what_a_name_may_say(sent: str, kept: str) -> None:
    assert names.clean(sent, "image/jpeg") == kept


def test_clean_gives_the_true_ending() -> None:
    assert names.clean("a.jpg.exe", "application/pdf") == "a.jpg.pdf"
