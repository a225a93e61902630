"""Which room answers which address."""

from django.urls import include, path

urlpatterns = [
    path("alerts/", include("lianfang.alerts.urls")),
    path("assessment/", include("lianfang.assessment.urls")),
    path("casework/", include("lianfang.casework.urls")),
    path("leads/", include("lianfang.leads.urls")),
    path("overview/", include("lianfang.overview.urls")),
    path("public/", include("lianfang.public.urls")),
    path("disclosure/", include("lianfang.public.office_urls")),
    path("report/", include("lianfang.portal.urls")),
    path("account/", include("lianfang.accounts.urls")),
    path("files/", include("lianfang.files.urls")),
    path("cycles/", include("lianfang.cycles.urls")),
    path("duties/", include("lianfang.duties.urls")),
    path("inspections/", include("lianfang.inspections.urls")),
    path("intake/", include("lianfang.intake.urls")),
    path("learning/", include("lianfang.learning.urls")),
    path("org/", include("lianfang.org.urls")),
    path("powers/", include("lianfang.powers.urls")),
    path("register/", include("lianfang.risks.urls")),
    path("surveys/", include("lianfang.surveys.urls")),
    path("", include("lianfang.shell.urls")),
]

handler400 = "lianfang.shell.errors.bad_request"
handler403 = "lianfang.shell.errors.not_allowed"
handler404 = "lianfang.shell.errors.not_found"
handler500 = "lianfang.shell.errors.broken"
