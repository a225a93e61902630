from django.urls import path

from lianfang.shell.views import calendar, channels, desk, enter, jobs, log, notices

app_name = "shell"
urlpatterns = [
    path("", desk.desk, name="desk"),
    path("enter/", enter.enter, name="enter"),
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar.ics", calendar.calendar_file, name="calendar-file"),
    path("search/", desk.search, name="search"),
    path("help/", desk.help_page, name="help"),
    path("rules/", desk.clauses, name="clause"),
    path("language/", desk.language, name="language"),
    path("log/", log.log, name="log"),
    path("log/export/", log.log_export, name="log-export"),
    path("log/verify/", log.log_verify, name="log-verify"),
    path("log/<int:position>/", log.event, name="event"),
    path("jobs/", jobs.jobs, name="jobs"),
    path("jobs/<int:job_id>/", jobs.job, name="job"),
    path("jobs/<int:job_id>/cancel/", jobs.job_cancel, name="job-cancel"),
    path("jobs/<int:job_id>/retry/", jobs.job_retry, name="job-retry"),
    path("notices/", notices.notices, name="notices"),
    path("notices/settings/", channels.wishes, name="wishes"),
    path("notices/seen/", notices.notices_seen, name="notices-seen"),
    path("notices/<int:notice_id>/open/", notices.notice_open, name="notice-open"),
    path("channels/", channels.channels, name="channels"),
    path("channels/again/", channels.messages_again, name="messages-again"),
    path("channels/<str:kind>/", channels.channel, name="channel"),
    path("channels/<str:kind>/test/", channels.channel_test, name="channel-test"),
]
