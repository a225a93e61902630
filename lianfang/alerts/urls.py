"""Addresses of the room."""

from django.urls import path

from lianfang.alerts.views import alert, letters, lists, moving, recording, units

app_name = "alerts"
urlpatterns = [
    path("", lists.board, name="board"),
    path("all/", lists.alerts, name="list"),
    path("all/export.<str:kind>", lists.alerts_export, name="list-export"),
    path("record/", recording.record, name="record"),
    path("repeats/", recording.repeated, name="repeats"),
    path("open/", lists.open_signs, name="open"),
    path("of-risk/<int:risk_id>/", lists.of_risk, name="of-risk"),
    path("of-power/<int:power_id>/", lists.of_power, name="of-power"),
    path("units/", units.units, name="units"),
    path("units/<int:unit_id>/", units.unit, name="unit"),
    path("<int:alert_id>/", alert.alert, name="alert"),
    path("<int:alert_id>/files/<int:file_id>/", alert.alert_file, name="alert-file"),
    path("<int:alert_id>/triage/", moving.triage, name="triage"),
    path("<int:alert_id>/begin/", moving.begin, name="begin"),
    path("<int:alert_id>/measure/", moving.measure, name="measure"),
    path("<int:alert_id>/close/", moving.close, name="close"),
    path("<int:alert_id>/send-up/", moving.send_up, name="send-up"),
    path("<int:alert_id>/strike/", moving.strike, name="strike"),
    path("<int:alert_id>/follow/", moving.follow, name="follow"),
    path("<int:alert_id>/add/", moving.add, name="add"),
    path("<int:alert_id>/recuse/", moving.recuse, name="recuse"),
    path("<int:alert_id>/letters/<str:kind>/", letters.letter_send, name="letter-send"),
    path("letters/<int:letter_id>/", letters.letter, name="letter"),
    path("letters/<int:letter_id>/file.<str:kind>", letters.letter_file, name="letter-file"),
    path("letters/<int:letter_id>/answer/", letters.letter_answer, name="letter-answer"),
    path("letters/<int:letter_id>/accept/", letters.letter_accept, name="letter-accept"),
    path("letters/<int:letter_id>/return/", letters.letter_return, name="letter-return"),
    path(
        "letters/<int:letter_id>/answers/<int:correction_id>/file/",
        letters.correction_file,
        name="correction-file",
    ),
]
