from django.urls import URLPattern, path

from . import acts, reporting, views

routes: list[URLPattern] = [
    path("incidents/", views.index, name="incidents"),
    path("incidents/new/", reporting.begin, name="incident-new"),
    path("incidents/self/", reporting.own, name="incident-self"),
    path("incidents/<str:code>/", views.show, name="incident"),
    path("incidents/<str:code>/task/", acts.do_task, name="incident-task"),
    path("incidents/<str:code>/trace/", acts.trace, name="incident-trace"),
    path("incidents/<str:code>/shut/", acts.shut, name="incident-shut"),
    path("incidents/<str:code>/clear/", acts.clear, name="incident-clear"),
]
