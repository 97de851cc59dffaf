"""Outside providers, one folder each; which one serves a channel."""

from __future__ import annotations

from loket.kernel.errors import TransportError
from loket.messaging.rules.letters import EMAIL, SMS, Letter

from . import mail_to_sms, smtp

_BY_CHANNEL = {EMAIL: smtp, SMS: mail_to_sms}


def send(channel: str, letter: Letter) -> None:
    """Hand a letter to the provider of a channel.

    :raises TransportError: if the provider did not take it.
    """
    transport = _BY_CHANNEL.get(channel)
    if transport is None:
        raise TransportError(f"no transport for {channel!r}", permanent=True)
    transport.send(letter)


def is_ready(channel: str) -> bool:
    """Say whether a channel has a provider that is set up."""
    transport = _BY_CHANNEL.get(channel)
    return transport is not None and not transport.check_config()


def check_config() -> list[str]:
    """Return what is wrong with the settings of every provider, in sentences."""
    return [problem for module in _BY_CHANNEL.values() for problem in module.check_config()]
