"""Addresses of the room."""

from django.urls import path

from lianfang.leads.views import (
    closing,
    deciding,
    knowing,
    lead,
    letters,
    lists,
    proposing,
    working,
)

app_name = "leads"
_LEAD = "<uuid:lead_id>/"
urlpatterns = [
    path("", lists.leads, name="leads"),
    path("export/", lists.leads_export, name="leads-export"),
    path("statistics/", lists.figures, name="statistics"),
    path("statistics/export/", lists.figures_export, name="statistics-export"),
    path("register/", lead.lead_register, name="register"),
    path("decide/<uuid:proposal_id>/", deciding.decide, name="decide"),
    path(_LEAD, lead.lead, name="lead"),
    path(f"{_LEAD}people/", lead.lead_name, name="name"),
    path(f"{_LEAD}strike/", lead.lead_strike, name="strike"),
    path(f"{_LEAD}dispose/", proposing.dispose, name="dispose"),
    path(f"{_LEAD}outcome/", proposing.outcome, name="outcome"),
    path(f"{_LEAD}stop/", proposing.stop, name="stop"),
    path(f"{_LEAD}extend/", proposing.extend, name="extend"),
    path(f"{_LEAD}proposals/<uuid:proposal_id>/", deciding.record, name="record"),
    path(f"{_LEAD}proposals/<uuid:proposal_id>/withdraw/", proposing.take_back, name="withdraw"),
    path(f"{_LEAD}take-up/", working.take_up, name="take-up"),
    path(f"{_LEAD}conclude/", working.conclude, name="conclude"),
    path(f"{_LEAD}note/", working.note, name="note"),
    path(f"{_LEAD}outcomes/<uuid:outcome_id>/follow/", working.follow, name="follow"),
    path(f"{_LEAD}close/", closing.close, name="close"),
    path(f"{_LEAD}close/breach/", closing.close_with_breach, name="close-breach"),
    path(f"{_LEAD}access/", knowing.access_give, name="access"),
    path(f"{_LEAD}access/<uuid:access_id>/end/", knowing.access_end, name="access-end"),
    path(f"{_LEAD}recuse/", knowing.recuse, name="recuse"),
    path(f"{_LEAD}letters/<slug:kind>/", letters.issue, name="letter-issue"),
    path(f"{_LEAD}letters/<uuid:letter_id>.<slug:form>", letters.letter_file, name="letter"),
]
