"""Addresses of the pages about days away."""

from django.urls import URLPattern, path

from . import views

routes: list[URLPattern] = [
    path("absences/", views.mine, name="absences"),
    path("absences/team/", views.team, name="absences-team"),
    path("absences/<str:code>/withdraw/", views.withdraw, name="absence-withdraw"),
    path("absences/<str:code>/end/", views.end, name="absence-end"),
    path("absences/<str:code>/decide/", views.decide, name="absence-decide"),
    path("absences/<str:code>/reason/", views.reason, name="absence-reason"),
    path("absences/<str:code>/proof/", views.proof, name="absence-proof"),
]
