"""Addresses of the pages about staff records and counters."""

from django.urls import URLPattern, path

from . import bringing, counters, member, views

routes: list[URLPattern] = [
    path("staff/", views.index, name="staff"),
    path("staff/import/", bringing.begin, name="staff-import"),
    path("staff/import/template/", bringing.template, name="staff-template"),
    path("staff/import/<str:ref>/", bringing.confirm, name="staff-import-confirm"),
    path("staff/<str:username>/", member.show, name="staff-member"),
    path("staff/<str:username>/skills/", member.skills, name="staff-skills"),
    path("staff/<str:username>/rooms/", member.rooms, name="staff-rooms"),
    path("staff/<str:username>/posts/", member.give, name="staff-post"),
    path("staff/<str:username>/posts/<int:place>/end/", member.end, name="staff-post-end"),
    path("staff/<str:username>/absences/", member.record, name="absence-record"),
    path("counters/", counters.index, name="counters"),
    path("counters/<str:unit>/", counters.of_unit, name="counters-of"),
    path("counters/<str:unit>/<str:code>/", counters.change, name="counter"),
]
