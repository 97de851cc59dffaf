from django.urls import URLPattern, path

from . import clocking, deciding, doors, team, views

routes: list[URLPattern] = [
    path("attendance/", views.show, name="attendance"),
    path("attendance/clock/", clocking.clock_in_out, name="attendance-clock"),
    path("attendance/contact/", clocking.contact, name="attendance-contact"),
    path("attendance/offline/", clocking.offline, name="attendance-offline"),
    path("attendance/worker.js", clocking.worker, name="attendance-worker"),
    path("attendance/days/", views.month, name="attendance-month"),
    path("attendance/days/<str:on>/", views.day, name="attendance-day"),
    path("attendance/days/<str:on>/appeal/", views.appeal, name="attendance-appeal"),
    path("attendance/photos/<str:key>/", views.photo, name="attendance-photo"),
    path("attendance/proofs/<str:username>/<str:on>/", views.proof, name="attendance-proof"),
    path("attendance/door/<str:place>/", doors.show, name="attendance-door"),
    path("attendance/team/", team.show, name="attendance-team"),
    path("attendance/team/month/", team.month, name="attendance-team-month"),
    path("attendance/team/<str:username>/<str:on>/", team.member, name="attendance-member"),
    path("attendance/confirm/<str:key>/", deciding.confirm, name="attendance-confirm"),
    path(
        "attendance/team/<str:username>/<str:on>/decide/",
        deciding.decide,
        name="attendance-decide",
    ),
]
