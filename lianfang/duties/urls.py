from django.urls import path

from lianfang.duties.views import duty, year

app_name = "duties"
urlpatterns = [
    path("", year.duties, name="duties"),
    path("export/", year.duties_export, name="duties-export"),
    path("<int:duty_id>/", duty.duty, name="duty"),
    path("<int:duty_id>/fulfil/", duty.duty_fulfil, name="duty-fulfil"),
    path("<int:duty_id>/waive/", duty.duty_waive, name="duty-waive"),
]
