from django.urls import URLPattern, path

from . import judging, proofs, recaps, views

routes: list[URLPattern] = [
    path("work/", views.day, name="work"),
    path("work/entries/", views.add, name="work-add"),
    path("work/entries/<int:number>/", views.change, name="work-entry"),
    path("work/entries/<int:number>/remove/", views.remove, name="work-remove"),
    path("work/entries/<int:number>/proof/", proofs.own, name="work-proof"),
    path("work/hand-in/", views.hand_in, name="work-hand-in"),
    path("work/team/", judging.waiting, name="work-team"),
    path("work/team/validate/", judging.validate, name="work-validate"),
    path("work/team/<str:username>/<str:on>/", judging.show, name="work-report"),
    path("work/team/<str:username>/<str:on>/return/", judging.give_back, name="work-return"),
    path(
        "work/team/<str:username>/<str:on>/proof/<str:ref>/",
        proofs.of_report,
        name="work-report-proof",
    ),
    path("work/recap/", recaps.show, name="work-recap"),
    path("work/recap/<str:kind>/", recaps.file, name="work-recap-file"),
]
