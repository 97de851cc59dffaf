"""Routes that exist only in a demo."""

from django.urls import path

from .mailbox import views as mailbox

app_name = "demo"
urlpatterns = [
    path("mailbox/", mailbox.index, name="mailbox"),
]
