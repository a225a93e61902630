"""Addresses of the room. Those of senders begin with what `portal.middleware` knows."""

from django.urls import path

from lianfang.portal.views import follow, pages, sealed, setup

app_name = "portal"
urlpatterns = [
    path("", pages.start, name="start"),
    path("setup/", setup.setup, name="setup"),
    path("of/<slug:code>/", pages.of, name="of"),
    path("of/<slug:code>/elsewhere/", pages.elsewhere, name="elsewhere"),
    path("of/<slug:code>/write/", pages.write, name="write"),
    path("of/<slug:code>/follow/", follow.follow, name="follow"),
    path("of/<slug:code>/keys/", sealed.keys, name="keys"),
    path("of/<slug:code>/send/", sealed.send, name="send"),
    path("of/<slug:code>/open/", sealed.opened, name="open"),
    path("of/<slug:code>/add/", sealed.add, name="add"),
]
