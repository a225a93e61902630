"""The addresses of official documents."""

from django.urls import path

from lianfang.files import views

app_name = "files"
urlpatterns = [
    path("documents/<int:document_id>/", views.document, name="document"),
]
