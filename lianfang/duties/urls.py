from django.urls import path

from lianfang.duties.views import duty, reminding

app_name = "duties"
urlpatterns = [
    path("", duty.duties, name="duties"),
    path("reminders/", reminding.reminders, name="reminders"),
    path("<int:duty_id>/", duty.duty, name="duty"),
    path("<int:duty_id>/fulfil/", duty.duty_fulfil, name="duty-fulfil"),
    path("<int:duty_id>/waive/", duty.duty_waive, name="duty-waive"),
]
