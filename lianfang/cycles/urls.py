from django.urls import path

from lianfang.cycles.views import board, comparing, deciding, filing, papers

app_name = "cycles"
urlpatterns = [
    path("", board.board, name="board"),
    path("<int:year>/", board.board, name="board-of"),
    path("open/", board.cycle_open, name="open"),
    path("<int:year>/publish/", deciding.publish_all, name="publish-all"),
    path("stages/<int:stage_id>/open/", board.stage_open, name="stage-open"),
    path("stages/<int:stage_id>/close/", board.stage_close, name="stage-close"),
    path("filings/<int:filing_id>/", filing.filing, name="filing"),
    path("filings/<int:filing_id>/start/", filing.start, name="filing-start"),
    path("filings/<int:filing_id>/submit/", filing.submit, name="filing-submit"),
    path("filings/<int:filing_id>/withdraw/", filing.withdraw, name="filing-withdraw"),
    path("filings/<int:filing_id>/resume/", filing.resume, name="filing-resume"),
    path("filings/<int:filing_id>/take-up/", filing.take_up, name="filing-take-up"),
    path("filings/<int:filing_id>/return/", filing.send_back, name="filing-return"),
    path("filings/<int:filing_id>/conclude/", filing.conclude, name="filing-conclude"),
    path("filings/<int:filing_id>/confirm/", deciding.confirm, name="filing-confirm"),
    path("filings/<int:filing_id>/publish/", deciding.publish, name="filing-publish"),
    path("filings/<int:filing_id>/remark/", filing.remark, name="remark-add"),
    path("remarks/<int:remark_id>/answer/", filing.remark_answer, name="remark-answer"),
    path("remarks/<int:remark_id>/resolve/", filing.remark_resolve, name="remark-resolve"),
    path("remarks/<int:remark_id>/waive/", filing.remark_waive, name="remark-waive"),
    path("meetings/", deciding.meetings, name="meetings-now"),
    path("meetings/<int:meeting_id>/minutes/", papers.minutes, name="meeting-minutes"),
    path("meetings/<int:meeting_id>/notice/", papers.notice, name="meeting-notice"),
    path("filings/<int:filing_id>/letter/", papers.letter, name="filing-letter"),
    path("<int:year>/meetings/", deciding.meetings, name="meetings"),
    path("<int:year>/meetings/add/", deciding.meeting_add, name="meeting-add"),
    path("editions/", deciding.editions, name="editions"),
    path("editions/<int:edition_id>/", deciding.edition, name="edition"),
    path(
        "editions/<int:edition_id>/print/<slug:form>.<slug:kind>",
        comparing.edition_print,
        name="edition-print",
    ),
    path(
        "editions/<int:before_id>/with/<int:after_id>/",
        comparing.editions_compared,
        name="editions-compared",
    ),
    path("filings/<int:filing_id>/difference/", comparing.filing_compared, name="filing-compared"),
    path("editions/<int:edition_id>/file/", deciding.edition_file, name="edition-file"),
]
