"""The addresses of signing in and of one's own account.

The library's names are kept, for it leads to them by name; of its pages only these are here.
"""

from allauth.account import views as signing_in
from allauth.mfa.base import views as second_factor
from allauth.mfa.webauthn import views as keys
from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, URLResolver, include, path

from lianfang.accounts.views import account, factors

own: list[URLPattern | URLResolver] = [path("", account.home, name="home")]
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include((own, "accounts"))),
    path("login/", signing_in.login, name="account_login"),
    path("login/code/", second_factor.authenticate, name="mfa_authenticate"),
    # also for somebody who stops between password and code
    path("logout/", login_not_required(signing_in.logout), name="account_logout"),
    path("confirm/", signing_in.reauthenticate, name="account_reauthenticate"),
    path("confirm/code/", second_factor.reauthenticate, name="mfa_reauthenticate"),
    path("confirm/key/", keys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("password/", account.change_password, name="account_change_password"),
    path("sessions/", account.list_sessions, name="usersessions_list"),
    path("second-factor/", factors.index, name="mfa_index"),
    path("second-factor/add/", factors.add, name="mfa_activate_totp"),
    path("second-factor/remove/", factors.remove, name="mfa_deactivate_totp"),
    path("keys/add/", factors.key_add, name="mfa_add_webauthn"),
    path("keys/<int:pk>/remove/", factors.key_remove, name="mfa_remove_webauthn"),
    path("recovery-codes/", factors.codes, name="mfa_view_recovery_codes"),
    path("recovery-codes/new/", factors.codes_renew, name="mfa_generate_recovery_codes"),
    path("recovery-codes/file/", factors.codes_file, name="mfa_download_recovery_codes"),
]
