"""Words of circulars for people."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

CHANNELS = {
    "counter": pgettext_lazy("way to ask", "the counter"),
    "web": pgettext_lazy("way to ask", "the website"),
    "app": pgettext_lazy("way to ask", "the app"),
    "whatsapp": pgettext_lazy("way to ask", "WhatsApp"),
    "sms": pgettext_lazy("way to ask", "SMS"),
    "email": pgettext_lazy("way to ask", "e-mail"),
    "phone": pgettext_lazy("way to ask", "telephone"),
}


def channel_name(channel: str) -> str:
    """Return what a way to ask is called in the reader's language."""
    return str(CHANNELS[channel])
