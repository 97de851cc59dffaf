"""Addresses of the pages about meetings."""

from django.urls import URLPattern, path

from . import acts, views

routes: list[URLPattern] = [
    path("meetings/", views.index, name="meetings"),
    path("meetings/new/", acts.begin, name="meeting-new"),
    path("meetings/<str:code>.ics", views.calendar, name="meeting-calendar"),
    path("meetings/<str:code>/", views.show, name="meeting"),
    path("meetings/<str:code>/answer/", acts.answer, name="meeting-answer"),
    path("meetings/<str:code>/change/", acts.change, name="meeting-change"),
    path("meetings/<str:code>/cancel/", acts.cancel, name="meeting-cancel"),
    path("meetings/<str:code>/minutes/", acts.minutes, name="meeting-minutes"),
]
