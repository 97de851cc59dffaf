from django.urls import path

from .absences.routes import routes as absences
from .attendance.routes import routes as attendance
from .cases import acts
from .cases import views as cases
from .circulars import acts as circular_acts
from .circulars import downloads, editing, renewing, revoking
from .circulars import views as circulars
from .closures import showing as closure_acts
from .closures import views as closures
from .documents import views as documents
from .figures import views as figures
from .incidents.routes import routes as incidents
from .meetings.routes import routes as meetings
from .rosters.routes import routes as rosters
from .signing import views as signing
from .staffing.routes import routes as staffing
from .team.routes import routes as team
from .work.routes import routes as work

app_name = "desk"
urlpatterns = [
    path("", figures.home, name="home"),
    path("cases/", cases.worklist, name="cases"),
    path("cases/export/", cases.export, name="cases-export"),
    path("cases/<str:code>/", cases.show, name="case"),
    path("cases/<str:code>/look/", cases.look, name="case-look"),
    path("cases/<str:code>/files/<str:ref>/<int:page>/", cases.page_image, name="case-page"),
    path("cases/<str:code>/claim/", acts.claim, name="case-claim"),
    path("cases/<str:code>/release/", acts.release, name="case-release"),
    path("cases/<str:code>/take-over/", acts.take_over, name="case-take-over"),
    path("cases/<str:code>/move/<str:action>/", acts.move, name="case-move"),
    path("cases/<str:code>/note/", acts.add_note, name="case-note"),
    path("cases/<str:code>/preview/", signing.preview, name="case-preview"),
    path("signing/", signing.waiting, name="signing"),
    path("signing/sign/", signing.sign, name="signing-sign"),
    path("documents/", documents.search, name="documents"),
    path("documents/<str:code>/", documents.show, name="document"),
    path("documents/<str:code>/file/", documents.file, name="document-file"),
    path("documents/<str:code>/revoke/", documents.revoke, name="document-revoke"),
    path("documents/<str:code>/correct/", documents.correct, name="document-correct"),
    path("circulars/", circulars.index, name="circulars"),
    path("circulars/new/", editing.begin, name="circular-new"),
    path("circulars/new/provision/", editing.first, name="circular-first"),
    path("circulars/load/", circulars.load, name="circular-load"),
    path("circulars/pick/", circulars.pick, name="circular-pick"),
    path("circulars/<str:code>/", circulars.show, name="circular"),
    path("circulars/<str:code>/head/", editing.head, name="circular-head"),
    path("circulars/<str:code>/provisions/add/", editing.add, name="circular-provision-add"),
    path(
        "circulars/<str:code>/provisions/<int:number>/",
        editing.provision,
        name="circular-provision",
    ),
    path(
        "circulars/<str:code>/provisions/<int:number>/move/",
        editing.move,
        name="circular-provision-move",
    ),
    path(
        "circulars/<str:code>/provisions/<int:number>/remove/",
        editing.remove,
        name="circular-provision-remove",
    ),
    path("circulars/<str:code>/anew/", renewing.save, name="circular-anew"),
    path("circulars/<str:code>/yaml/", circulars.as_file, name="circular-yaml"),
    path("circulars/<str:code>/file/", circulars.attached, name="circular-file"),
    path("circulars/<str:code>/discard/", circulars.discard, name="circular-discard"),
    path("circulars/<str:code>/simulate/", circular_acts.simulate, name="circular-simulate"),
    path("circulars/<str:code>/impact/", circular_acts.impact, name="circular-impact"),
    path("circulars/<str:code>/impact/cases/", downloads.dates, name="circular-cases"),
    path("circulars/<str:code>/impact/moves/", downloads.moves, name="circular-moves"),
    path("circulars/<str:code>/enact/", circular_acts.enact, name="circular-enact"),
    path("circulars/<str:code>/revoke/", revoking.revoke, name="circular-revoke"),
    path("closures/", closures.index, name="closures"),
    path("closures/new/", closures.begin, name="closure-new"),
    path("closures/<str:code>/", closures.show, name="closure"),
    path("closures/<str:code>/record/", closure_acts.record, name="closure-record"),
    path("closures/<str:code>/reopen/", closure_acts.reopen, name="closure-reopen"),
    path("figures/", figures.figures, name="figures"),
    *team,
    *rosters,
    *absences,
    *staffing,
    *attendance,
    *work,
    *meetings,
    *incidents,
]
