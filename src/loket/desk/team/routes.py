from django.urls import URLPattern, path

from . import views

routes: list[URLPattern] = [path("team/", views.show, name="team")]
