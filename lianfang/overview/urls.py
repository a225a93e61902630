"""Addresses of the leadership's view."""

from django.urls import path

from lianfang.overview.views import pages

app_name = "overview"
urlpatterns = [
    path("", pages.overview, name="overview"),
    path("press/", pages.press_all, name="press"),
    path("brief.pdf", pages.brief, name="brief"),
    path("units.xlsx", pages.units, name="units"),
]
