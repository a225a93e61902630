"""Addresses of the room."""

from django.urls import path

from lianfang.alerts.views import alert

app_name = "alerts"
urlpatterns = [
    path("<int:alert_id>/", alert.alert, name="alert"),
]
