from django.urls import path

from lianfang.learning.views import (
    activities,
    activity,
    attending,
    cases,
    mine,
    plan,
    public,
    quiz,
    units,
)

app_name = "learning"
urlpatterns = [
    path("", mine.mine, name="mine"),
    path("sign-in/", attending.sign_in, name="sign-in"),
    path("held/", public.held, name="held"),
    path("plan/", plan.plan, name="plan"),
    path("plan/write/", plan.plan_write, name="plan-write"),
    path("plan/<int:plan_id>/publish/", plan.plan_publish, name="plan-publish"),
    path("activities/", activities.activities, name="activities"),
    path("activities/export/", activities.activities_export, name="activities-export"),
    path("activities/add/", activities.activity_add, name="activity-add"),
    path("activities/<int:activity_id>/", activity.activity, name="activity"),
    path(
        "activities/<int:activity_id>/change/", activities.activity_change, name="activity-change"
    ),
    path("activities/<int:activity_id>/open/", activity.activity_open, name="activity-open"),
    path("activities/<int:activity_id>/close/", activity.activity_close, name="activity-close"),
    path("activities/<int:activity_id>/cancel/", activity.activity_cancel, name="activity-cancel"),
    path("activities/<int:activity_id>/show/", activity.activity_show, name="activity-show"),
    path("activities/<int:activity_id>/code/", attending.code, name="activity-code"),
    path("activities/<int:activity_id>/people/", attending.people_note, name="activity-people"),
    path(
        "activities/<int:activity_id>/people.xlsx",
        attending.people_export,
        name="activity-people-export",
    ),
    path("activities/<int:activity_id>/materials/", activity.material_add, name="material-add"),
    path("activities/<int:activity_id>/quiz/", quiz.quiz, name="quiz"),
    path("activities/<int:activity_id>/quiz/write/", quiz.quiz_write, name="quiz-write"),
    path("materials/<int:material_id>/", activity.material_file, name="material-file"),
    path("materials/<int:material_id>/drop/", activity.material_drop, name="material-drop"),
    path(
        "attendances/<int:attendance_id>/undo/", attending.attendance_undo, name="attendance-undo"
    ),
    path("cases/", cases.cases, name="cases"),
    path("cases/add/", cases.case_add, name="case-add"),
    path("cases/<int:case_id>/", cases.case, name="case"),
    path("cases/<int:case_id>/change/", cases.case_change, name="case-change"),
    path("cases/<int:case_id>/publish/", cases.case_publish, name="case-publish"),
    path("cases/<int:case_id>/read/", cases.case_read, name="case-read"),
    path("units/", units.units, name="units"),
    path("units/export/", units.units_export, name="units-export"),
    path("people/<int:person_id>/", mine.record, name="record"),
    path("people/<int:person_id>/certify/", mine.certify, name="certify"),
    path("certificates/<int:certificate_id>/", mine.certificate, name="certificate"),
]
