from django.urls import path

from lianfang.surveys.views import answering, results, surveys

app_name = "surveys"
urlpatterns = [
    path("", surveys.surveys, name="surveys"),
    path("plan/", surveys.survey_plan, name="plan"),
    path("<int:survey_id>/", surveys.survey, name="survey"),
    path("<int:survey_id>/subjects/<int:subject_id>/", surveys.survey_invite, name="invite"),
    path("<int:survey_id>/open/", surveys.survey_open, name="open"),
    path("<int:survey_id>/close/", surveys.survey_close, name="close"),
    path("<int:survey_id>/publish/", surveys.survey_publish, name="publish"),
    path("<int:survey_id>/drop/", surveys.survey_drop, name="drop"),
    path("<int:survey_id>/answer/", answering.answer, name="answer"),
    path("<int:survey_id>/thanks/", answering.thanks, name="thanks"),
    path("<int:survey_id>/export/", results.survey_export, name="export"),
    path("<int:survey_id>/results.pdf", results.survey_print, name="print"),
    path("subjects/<int:subject_id>/", results.subject, name="subject"),
    path("subjects/<int:subject_id>/result.pdf", results.subject_print, name="subject-print"),
]
