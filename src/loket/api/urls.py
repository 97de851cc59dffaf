from django.urls import path

from . import views

app_name = "api"
urlpatterns = [
    path("healthz", views.health, name="health"),
    path(".well-known/jwks.json", views.keys, name="keys"),
    path(".well-known/loket-ca.pem", views.authority, name="authority"),
    path("calendar/<str:secret>.ics", views.calendar, name="calendar"),
    path("api/services/", views.services, name="services"),
    path("api/services/<str:code>/", views.service, name="service"),
]
