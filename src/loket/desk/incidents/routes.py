from django.urls import URLPattern, path

from . import acts, reporting, telling, views

routes: list[URLPattern] = [
    path("incidents/", views.index, name="incidents"),
    path("incidents/new/", reporting.begin, name="incident-new"),
    path("incidents/self/", reporting.own, name="incident-self"),
    path("incidents/<str:code>/", views.show, name="incident"),
    path("incidents/<str:code>/task/", acts.do_task, name="incident-task"),
    path("incidents/<str:code>/trace/", acts.trace, name="incident-trace"),
    path("incidents/<str:code>/contacts/new/", telling.add, name="incident-contact-new"),
    path("incidents/<str:code>/contacts/aside/", acts.set_aside, name="incident-aside"),
    path("incidents/<str:code>/contacts/restore/", acts.restore, name="incident-restore"),
    path("incidents/<str:code>/shut/", acts.shut, name="incident-shut"),
    path("incidents/<str:code>/clear/", acts.clear, name="incident-clear"),
]
