from django.urls import path

from lianfang.duties import talk_urls
from lianfang.duties.views import duty

app_name = "duties"
urlpatterns = [
    path("", duty.duties, name="duties"),
    path("<int:duty_id>/", duty.duty, name="duty"),
    path("<int:duty_id>/fulfil/", duty.duty_fulfil, name="duty-fulfil"),
    path("<int:duty_id>/waive/", duty.duty_waive, name="duty-waive"),
    *talk_urls.urlpatterns,
]
