"""The addresses of talks."""

from django.urls import path

from lianfang.duties.views import talking, talks

urlpatterns = [
    path("talks/", talks.talks, name="talks"),
    path("talks/plan/", talking.talk_plan, name="talk-plan"),
    path("talks/plan-several/", talking.talk_several, name="talk-several"),
    path("<int:duty_id>/talk/", talking.talk_of_duty, name="talk-of-duty"),
    path("talks/posts/<int:post_id>/findings/", talks.talk_findings, name="talk-findings"),
    path("talks/<int:talk_id>/", talks.talk, name="talk"),
    path("talks/<int:talk_id>/record/", talking.talk_record, name="talk-record"),
    path("talks/<int:talk_id>/confirm/", talking.talk_confirm, name="talk-confirm"),
    path("talks/<int:talk_id>/sign/", talking.talk_sign, name="talk-sign"),
    path("talks/<int:talk_id>/add/", talking.talk_add, name="talk-add"),
    path("talks/<int:talk_id>/cancel/", talking.talk_cancel, name="talk-cancel"),
    path("talks/<int:talk_id>/calendar/", talks.talk_calendar, name="talk-calendar"),
    path("talks/<int:talk_id>/paper/<slug:form>/", talks.talk_paper, name="talk-paper"),
    path("talks/<int:talk_id>/scan/", talks.talk_scan, name="talk-scan"),
]
