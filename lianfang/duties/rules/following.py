"""Which entries of the log duties follow from: facts about posts, people, levels and numbers.

Source: 六（四）. Measures and exemptions bring their duties along in their own actions.
"""

FOLLOWED = (
    "org.appointment.recorded",
    "org.appointment.ended",
    "org.appointment.withdrawn",
    "org.calendar.loaded",
    "org.membership.begun",
    "org.membership.ended",
    "org.number.set",
    "org.organisation.changed",
    "org.person.changed",
    "org.person.left",
    "org.portfolio.given",
    "org.portfolio.ended",
    "org.portfolio.withdrawn",
    "org.post.changed",
    "org.post.retired",
    "org.roster.applied",
    "org.roster.undone",
    "org.unit.changed",
    "org.unit.created",
    "org.unit.retired",
    "powers.regulation.changed",
    "powers.regulation.moved",
    "powers.regulation.retired",
    "risks.breach.recorded",
    "risks.levels.set",
    "risks.override.ended",
)
