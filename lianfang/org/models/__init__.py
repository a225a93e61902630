"""Units, posts, people, who holds what from when to when, and what an organisation has set.

Every row belongs to one organisation; codes are unique in it. Nothing that was in force is
deleted: it is retired, ended or withdrawn, with a date and a reason.
Source: 质检认纪〔2012〕1号 三, 四, 五（一）2.
"""

from lianfang.org.models.bases import Bilingual, Dated, Retirable, holding, reads_english
from lianfang.org.models.bodies import Administrator, Body, Membership
from lianfang.org.models.choices import CalendarDay, CalendarYear, SchemeOverride
from lianfang.org.models.people import Appointment, Kinship, Person, Portfolio, Qualification
from lianfang.org.models.structure import Organisation, Post, Unit

__all__ = [
    "Administrator",
    "Appointment",
    "Bilingual",
    "Body",
    "CalendarDay",
    "CalendarYear",
    "Dated",
    "Kinship",
    "Membership",
    "Organisation",
    "Person",
    "Portfolio",
    "Post",
    "Qualification",
    "Retirable",
    "SchemeOverride",
    "Unit",
    "holding",
    "reads_english",
]
