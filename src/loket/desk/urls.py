from django.urls import path

from .cases import acts
from .cases import views as cases
from .documents import views as documents
from .figures import views as figures
from .signing import views as signing

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
    path("figures/", figures.figures, name="figures"),
]
