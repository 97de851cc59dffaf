"""Routes that exist only in a demo."""

from django.urls import path

from . import views
from .mailbox import views as mailbox

app_name = "demo"
urlpatterns = [
    path("", views.home, name="home"),
    path("mailbox/", mailbox.index, name="mailbox"),
]
