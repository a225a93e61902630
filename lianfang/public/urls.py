"""What everybody may open, without a sign-in; `middleware.PREFIX` is where it stands."""

from django.urls import path

from lianfang.public.views import pages

app_name = "public"
urlpatterns = [
    path("", pages.catalogue, name="catalogue"),
    path("<slug:code>/", pages.organisation, name="organisation"),
    path("<slug:code>/catalogue.xlsx", pages.table, name="table"),
    path("<slug:code>/units/<path:unit_code>/", pages.unit, name="unit"),
    path("<slug:code>/powers/<path:power_code>/", pages.power, name="power"),
]
