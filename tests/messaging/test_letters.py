from __future__ import annotations

import pytest

from loket.messaging.rules.letters import Recipient

BOTH = Recipient(email="sari@warga.example", phone="+6281100000001")


@pytest.mark.parametrize(
    ("wanted", "channels"),
    [("", ["email", "sms"]), ("email", ["email", "sms"]), ("sms", ["sms", "email"])],
)
def test_addresses_begin_with_the_wanted_channel(wanted, channels):
    assert [channel for channel, _address in BOTH.addresses(wanted)] == channels


def test_addresses_are_only_those_known():
    assert Recipient(phone="+6281100000001").addresses("email") == (("sms", "+6281100000001"),)
    assert Recipient().addresses() == ()
