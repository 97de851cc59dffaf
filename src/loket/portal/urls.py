from django.urls import path

from . import contacts, documents, home, lookup, sign_in, words
from .applying import checking, files, pages, start
from .cases import looks, mending, papers
from .cases import views as cases
from .offices import chart, circulars, machine
from .offices import papers as office_papers
from .offices import views as offices

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("services/", home.services, name="services"),
    path("services/<str:code>/", home.service, name="service"),
    path("services/<str:code>/start/", start.begin, name="start"),
    path("life/<str:event>/", home.life_event, name="life-event"),
    path("sign-in/", sign_in.ask, name="sign-in"),
    path("sign-in/code/", sign_in.code, name="sign-in-code"),
    path("sign-out/", sign_in.leave, name="sign-out"),
    path("apply/<str:code>/", start.resume, name="draft"),
    path("apply/<str:code>/discard/", start.discard, name="draft-discard"),
    path("apply/<str:code>/check/", checking.check, name="draft-check"),
    path("apply/<str:code>/files/<str:ref>/", files.draft_image, name="draft-image"),
    path("apply/<str:code>/<str:question>/", pages.question, name="question"),
    path("cases/", cases.mine, name="cases"),
    path("cases/<str:code>/", cases.show, name="case"),
    path("cases/<str:code>/sent/", cases.sent, name="case-sent"),
    path("cases/<str:code>/receipt/", papers.receipt, name="case-receipt"),
    path("cases/<str:code>/slip/", papers.pickup_slip, name="case-slip"),
    path("cases/<str:code>/pin/<str:document>/", papers.renew_pin, name="case-pin"),
    path("cases/<str:code>/withdraw/", cases.withdraw, name="case-withdraw"),
    path("cases/<str:code>/files/<str:ref>/", files.case_image, name="case-image"),
    path("cases/<str:code>/mend/", mending.overview, name="mend"),
    path("cases/<str:code>/mend/<str:question>/", mending.question, name="mend-question"),
    path("my/looks/", looks.looks, name="looks"),
    path("my/contacts/", contacts.show, name="contacts"),
    path("my/contacts/code/", contacts.code, name="contacts-code"),
    path("regions/<str:code>/", home.regions, name="regions"),
    path("status/", lookup.status, name="status"),
    path("verify/", documents.verify, name="verify"),
    path("v/<str:code>", documents.verify_code, name="verify-code"),
    path("d/<str:link>/", documents.download, name="download"),
    path("offices/", offices.index, name="offices"),
    path("offices/map/", chart.chart, name="offices-map"),
    path("offices/print/", offices.on_paper, name="offices-print"),
    path("offices/press/", offices.press, name="offices-press"),
    path("offices/press.pdf", office_papers.press, name="offices-press-pdf"),
    path("offices.json", machine.as_json, name="offices-json"),
    path("offices.atom", machine.as_atom, name="offices-atom"),
    path("offices/<str:code>/", offices.show, name="office"),
    path("offices/<str:code>/notice.pdf", office_papers.door, name="office-notice"),
    path("circulars/", circulars.index, name="circulars"),
    path("circulars/<str:code>/", circulars.show, name="circular"),
    path("circulars/<str:code>/file/", circulars.attached, name="circular-file"),
    path("about/", words.about, name="about"),
    path("privacy/", words.privacy, name="privacy"),
    path("accessibility/", words.accessibility, name="accessibility"),
    path("help/", words.help_and_complaints, name="help"),
    path("language/<str:language>/", words.language, name="language"),
    path("robots.txt", words.robots, name="robots"),
]
