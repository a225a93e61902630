"""Where the office decides what is public."""

from django.urls import path

from lianfang.public.views import office

app_name = "disclosure"
urlpatterns = [
    path("", office.preview, name="preview"),
    path("publish/", office.publish, name="publish"),
    path("powers/<int:power_id>/withhold/", office.withhold, name="withhold"),
    path("withheld/<int:withholding_id>/release/", office.release, name="release"),
]
