"""The components, one by one."""

from __future__ import annotations

import re

import pytest
from django.template import Context, Template
from django.utils.translation import override

from loket.ui.icons import ICONS


def drawn(source: str, **context: object) -> str:
    with override("en"):
        html = Template("{% load ui %}" + source).render(Context(context))
    return re.sub(r"\s+", " ", html).strip()


@pytest.mark.parametrize("name", sorted(ICONS))
def test_icon_is_hidden_from_screen_readers(name: str) -> None:
    assert 'aria-hidden="true"' in drawn(f"{{% icon '{name}' %}}")


def test_icon_with_a_label_is_read() -> None:
    assert 'role="img" aria-label="Found"' in drawn("{% icon 'search' 'Found' %}")


def test_field_ties_hint_and_errors_to_its_input() -> None:
    html = drawn(
        "{% field 'mother.nik' 'NIK' kind='digits' hint='16' errors=e %}", e=["Wrong."]
    )
    assert 'for="f-mother-nik"' in html
    assert 'aria-describedby="f-mother-nik-hint f-mother-nik-errors"' in html
    assert 'aria-invalid="true"' in html
    assert 'inputmode="numeric"' in html


def test_field_shows_what_was_typed_and_escapes_it() -> None:
    html = drawn("{% field 'name' 'Name' value=typed %}", typed='"><script>')
    assert 'value="&quot;&gt;&lt;script&gt;"' in html
    assert 'dir="auto"' in html


def test_large_label_is_the_heading() -> None:
    assert '<h1 class="large"><label class="label large"' in drawn(
        "{% field 'name' 'Name' large=True %}"
    )


def test_radios_are_a_set_with_a_legend() -> None:
    html = drawn(
        "{% field 'sex' 'Sex' kind='radio' choices=c value='b' %}", c=[("a", "A"), ("b", "B")]
    )
    assert '<fieldset class="field" id="f-sex"' in html
    assert html.count("checked") == 1
    assert 'value="b" checked' in html


def test_date_has_three_inputs() -> None:
    html = drawn(
        "{% field 'born' 'Born' kind='date' value=v %}",
        v={"day": "1", "month": "2", "year": "2020"},
    )
    assert re.findall(r'name="(born\.\w+)" value="(\d+)"', html) == [
        ("born.day", "1"), ("born.month", "2"), ("born.year", "2020"),
    ]  # fmt: skip


def test_select_keeps_the_choice() -> None:
    html = drawn(
        "{% field 'x' 'X' kind='select' choices=c value='2' blank='…' %}",
        c=[("1", "One"), ("2", "Two")],
    )
    assert '<option value="2" selected>Two</option>' in html
    assert '<option value="">…</option>' in html


def test_error_summary_links_to_the_fields() -> None:
    html = drawn(
        "{% error_summary e %}", e={"members.0.nik": ["One.", "Two."], "street": ["Three."]}
    )
    assert re.findall(r'href="#([\w-]+)"[^>]*>([^<]+)<', html) == [
        ("f-members-0-nik", "One."), ("f-members-0-nik", "Two."), ("f-street", "Three."),
    ]  # fmt: skip
    assert "3 things to correct" in html


def test_error_summary_is_silent_without_errors() -> None:
    assert drawn("{% error_summary e %}", e={}) == ""


def test_row_isolates_what_was_typed_and_names_what_changes() -> None:
    html = drawn("{% row 'Name' change='/x/' %}{{ typed }}{% endrow %}", typed="<b>")
    assert '<dd dir="auto">&lt;b&gt;</dd>' in html
    assert '<a href="/x/">Change<span class="visually-hidden"> Name</span></a>' in html


def test_button_with_an_address_is_a_link() -> None:
    assert drawn("{% button 'Go' href='/x/' %}") == '<a class="button " href="/x/">Go</a>'


def test_button_turns_options_into_attributes() -> None:
    assert drawn("{% button 'Go' type='submit' hx_get='/x/' disabled=False %}") == (
        '<button class="button " type="submit" hx-get="/x/">Go</button>'
    )


def test_notice_of_a_kind_django_knows_is_drawn_in_ours() -> None:
    assert 'class="notice good"' in drawn("{% notice kind='success' %}x{% endnotice %}")


def test_files_offer_to_remove_each() -> None:
    item = {"ref": "abc", "name": "surat.pdf", "about": "PDF", "url": "/f/", "image": "/i/"}
    html = drawn("{% files items remove='remove_file' %}", items=[item])
    assert '<button class="button quiet" name="remove_file" value="abc"' in html
    assert "<bdi>surat.pdf</bdi>" in html


def test_progress_says_the_part_in_words() -> None:
    html = drawn("{% progress 2 3 %}")
    assert "Part 2 of 3" in html
    assert html.count("<li") == 3


def test_crumbs_end_where_one_is() -> None:
    html = drawn("{% crumbs 'Home' '/' 'Here' %}")
    assert '<a href="/">Home</a>' in html
    assert '<span aria-current="page" dir="auto">Here</span>' in html


def test_more_is_silent_at_the_end_of_a_short_list() -> None:
    assert drawn("{% more '' %}") == ""


def test_error_summary_tells_what_belongs_to_no_field() -> None:
    assert "Nothing would change." in drawn(
        "{% error_summary e title='Nothing would change.' %}"
    )
    assert drawn("{% error_summary e title=t %}", e={}, t=None) == ""


def test_error_summary_says_nothing_twice() -> None:
    html = drawn("{% error_summary e title='Say why.' %}", e={"reason": ["Say why."]})
    assert html.count("Say why.") == 1
