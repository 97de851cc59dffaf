"""Links of meetings: rooms that nobody can guess, and Zoom as it really answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from loket.kernel.errors import TransportError
from loket.workforce import transports
from loket.workforce.rules.meetings import Wanted

NINE = datetime(2026, 3, 9, 9, 0, tzinfo=UTC)
WANTED = Wanted(
    title="Rapat pimpinan",
    agenda="1. Antrean",
    starts_at=NINE,
    ends_at=NINE + timedelta(minutes=90),
)


def test_a_room_on_jitsi_is_new_unguessable_and_says_nothing(settings):
    settings.JITSI_URL = "https://rapat.example"
    links = {transports.make_room("jitsi", WANTED) for _ in range(50)}
    assert len(links) == 50
    for link in links:
        name = link.removeprefix("https://rapat.example/loket-")
        assert len(name) == 32
        assert set(name) <= set("0123456789abcdef")
    transports.change_room("jitsi", link, WANTED)
    transports.end_room("jitsi", link)


def test_only_what_is_set_up_is_offered(settings, zoom):
    assert transports.ready() == [("jitsi", "Jitsi"), ("zoom", "Zoom")]
    settings.ZOOM_CLIENT_SECRET = ""
    assert transports.ready() == [("jitsi", "Jitsi")]
    assert transports.zoom.check_config() == ["For Zoom, set LOKET_ZOOM_CLIENT_SECRET."]
    settings.JITSI_URL = ""
    assert transports.ready() == []
    for provider in ("jitsi", "zoom", "other"):
        with pytest.raises(TransportError) as refused:
            transports.make_room(provider, WANTED)
        assert refused.value.permanent


def test_a_meeting_on_zoom_is_made_changed_and_ended(zoom):
    link = transports.make_room("zoom", WANTED)
    assert link == "https://us02web.zoom.us/j/85746065000?pwd=abc"
    assert zoom.meetings["85746065000"] == {
        "topic": "Rapat pimpinan",
        "type": 2,
        "start_time": "2026-03-09T09:00:00Z",
        "duration": 90,
        "agenda": "1. Antrean",
        "settings": {"waiting_room": False, "join_before_host": True, "auto_recording": "none"},
    }
    later = replace(
        WANTED, starts_at=NINE + timedelta(hours=1), ends_at=NINE + timedelta(hours=2)
    )
    transports.change_room("zoom", link, later)
    changed = zoom.meetings["85746065000"]
    assert (changed["start_time"], changed["duration"]) == ("2026-03-09T10:00:00Z", 60)
    transports.end_room("zoom", link)
    assert zoom.meetings == {}
    transports.end_room("zoom", link)
    assert zoom.asked[-2:] == [("POST", "/oauth/token"), ("DELETE", "/v2/meetings/85746065000")]


@pytest.mark.parametrize(
    ("answer", "is_permanent", "said"),
    [
        ((400, {"code": 300, "message": "Validation Failed."}), True, "400 Validation Failed."),
        ((401, {"code": 4700, "message": "Invalid access token."}), False, "401 Invalid"),
        ((404, {"code": 1001, "message": "User does not exist: x."}), True, "404 User"),
        ((429, {"code": 429, "message": "You have reached the limit."}), False, "429 You"),
        ((500, {}), False, "500"),
        ((201, {"id": 1}), True, "without a link"),
        ((201, {"id": 1, "join_url": "javascript:alert(1)"}), True, "without a link"),
        ((201, ["x"]), False, "cannot be read"),
    ],
)
def test_what_zoom_refuses(zoom, answer, is_permanent, said):
    zoom.failing = answer
    with pytest.raises(TransportError) as refused:
        transports.make_room("zoom", WANTED)
    assert refused.value.permanent is is_permanent
    assert said in str(refused.value)


def test_wrong_credentials_can_be_mended(zoom, settings):
    settings.ZOOM_CLIENT_SECRET = "wrong"
    with pytest.raises(TransportError, match="400 Invalid client_id") as refused:
        transports.make_room("zoom", WANTED)
    assert "wrong" not in str(refused.value)


def test_zoom_that_is_away_or_speaks_nonsense(zoom, settings):
    zoom.raw = b"<html>"
    with pytest.raises(TransportError, match="cannot be read"):
        transports.make_room("zoom", WANTED)
    settings.ZOOM_SIGN_IN = "http://127.0.0.1:9/oauth/token"
    with pytest.raises(TransportError, match="no answer") as refused:
        transports.make_room("zoom", WANTED)
    assert not refused.value.permanent


def test_a_link_of_somebody_else_is_never_asked_about(zoom):
    with pytest.raises(TransportError, match="not a link of Zoom"):
        transports.end_room("zoom", "https://us02web.zoom.us/wc/../../users/me")
    assert zoom.asked == []
