from django.urls import URLPattern, path

from . import boards, cells, dragging, lacking, mine, publishing, swaps, views

routes: list[URLPattern] = [
    path("rosters/", views.index, name="rosters"),
    path("rosters/proof/", views.proof, name="roster-proof"),
    path("rosters/<str:code>/", boards.show, name="roster"),
    path("rosters/<str:code>/cells/<str:username>/<str:day>/", cells.cell, name="roster-cell"),
    path("rosters/<str:code>/days/<str:day>/", lacking.why, name="roster-day"),
    path("rosters/<str:code>/drag/", dragging.drag, name="roster-drag"),
    path("rosters/<str:code>/publish/", publishing.publish, name="roster-publish"),
    path("rosters/<str:code>/again/", publishing.again, name="roster-again"),
    path("rosters/<str:code>/discard/", publishing.discard, name="roster-discard"),
    path("turns/", mine.turns, name="my-turns"),
    path("turns/feed/", mine.feed, name="turns-feed"),
    path("turns/feed/drop/", mine.drop, name="turns-feed-drop"),
    path("turns/swap/", swaps.ask, name="swap-ask"),
    path("turns/swaps/<str:code>/answer/", swaps.answer, name="swap-answer"),
    path("turns/swaps/<str:code>/withdraw/", swaps.withdraw, name="swap-withdraw"),
    path("turns/swaps/<str:code>/decide/", swaps.decide, name="swap-decide"),
]
