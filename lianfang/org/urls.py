"""The addresses of an organisation's pages."""

from django.urls import path

from lianfang.org.views import bodies, calendar, imports, logins, numbers, people, units

app_name = "org"
urlpatterns = [
    path("", units.tree, name="tree"),
    path("units/<int:unit_id>/", units.unit, name="unit"),
    path("units/<int:unit_id>/add/", units.unit_add, name="unit-add"),
    path("units/<int:unit_id>/edit/", units.unit_edit, name="unit-edit"),
    path("units/<int:unit_id>/retire/", units.unit_retire, name="unit-retire"),
    path("units/<int:unit_id>/portfolio/", units.portfolio_give, name="portfolio-give"),
    path("units/<int:unit_id>/posts/add/", units.post_add, name="post-add"),
    path("portfolios/<int:portfolio_id>/end/", units.portfolio_end, name="portfolio-end"),
    path("posts/<int:post_id>/", units.post, name="post"),
    path("posts/<int:post_id>/edit/", units.post_edit, name="post-edit"),
    path("posts/<int:post_id>/retire/", units.post_retire, name="post-retire"),
    path("people/", people.people, name="people"),
    path("people/add/", people.person_add, name="person-add"),
    path("people/<int:person_id>/", people.person, name="person"),
    path("people/<int:person_id>/edit/", people.person_edit, name="person-edit"),
    path("people/<int:person_id>/leave/", people.person_leave, name="person-leave"),
    path(
        "people/<int:person_id>/qualifications/add/",
        people.qualification_add,
        name="qualification-add",
    ),
    path("people/<int:person_id>/kinship/add/", people.kinship_add, name="kinship-add"),
    path(
        "people/<int:person_id>/responsibility/",
        people.person_responsibility,
        name="person-responsibility",
    ),
    path("responsibility/", people.responsibility, name="responsibility"),
    path("bodies/", bodies.bodies, name="bodies"),
    path("bodies/add/", bodies.body_add, name="body-add"),
    path("bodies/<int:body_id>/members/add/", bodies.member_add, name="member-add"),
    path("memberships/<int:membership_id>/end/", bodies.membership_end, name="membership-end"),
    path("logins/", logins.logins, name="logins"),
    path("logins/add/", logins.login_add, name="login-add"),
    path("logins/<int:login_id>/", logins.login, name="login"),
    path("logins/<int:login_id>/reset/", logins.login_reset, name="login-reset"),
    path("logins/<int:login_id>/close/", logins.login_close, name="login-close"),
    path("logins/<int:login_id>/reopen/", logins.login_reopen, name="login-reopen"),
    path(
        "logins/<int:login_id>/end-sessions/", logins.login_end_sessions, name="login-end-sessions"
    ),
    path(
        "logins/<int:login_id>/remove-factor/",
        logins.login_remove_factor,
        name="login-remove-factor",
    ),
    path("logins/<int:login_id>/detach/", logins.login_detach, name="login-detach"),
    path("logins/<int:login_id>/attach/", logins.login_attach, name="login-attach"),
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar/load/", calendar.calendar_load, name="calendar-load"),
    path("calendar/<int:year>/empty/", calendar.calendar_empty, name="calendar-empty"),
    path("calendar/<int:year>/known/", calendar.calendar_known, name="calendar-known"),
    path("imports/", imports.imports, name="imports"),
    path("imports/<int:import_id>/", imports.preview, name="import"),
    path("imports/<int:import_id>/apply/", imports.apply, name="import-apply"),
    path("imports/<int:import_id>/discard/", imports.discard, name="import-discard"),
    path("imports/<int:import_id>/undo/", imports.undo, name="import-undo"),
    path("imports/<int:import_id>/file/", imports.file, name="import-file"),
    path("roster/export/", imports.export, name="roster-export"),
    path("numbers/", numbers.numbers, name="numbers"),
    path("numbers/<str:path>/", numbers.number, name="number"),
    path("words/<str:path>/", numbers.term, name="term"),
]
