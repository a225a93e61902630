"""Who may open the pages of one's own account: everybody, their own."""

from tests.access.parts import EVERYBODY, MOVED, NOBODY, SHOWN, row

# The cast's logins have no password, so that nothing is there by which to prove it again (403).
ACCOUNTS = [
    row("accounts:home", EVERYBODY),
    row("account_login", EVERYBODY, status=MOVED, nobody=SHOWN),
    row("account_logout", EVERYBODY),
    row("account_change_password", EVERYBODY),
    row("account_reauthenticate", NOBODY),
    row("usersessions_list", EVERYBODY),
    row("mfa_index", EVERYBODY, status=MOVED),
    row("mfa_authenticate", EVERYBODY, status=MOVED),
    row("mfa_reauthenticate", NOBODY),
    row("mfa_reauthenticate_webauthn", NOBODY),
    row("mfa_activate_totp", EVERYBODY),
    row("mfa_deactivate_totp", EVERYBODY),
    row("mfa_add_webauthn", EVERYBODY),
    row("mfa_remove_webauthn", NOBODY, lambda own, other: [1], hidden=EVERYBODY),
    row("mfa_view_recovery_codes", NOBODY, hidden=EVERYBODY),
    row("mfa_generate_recovery_codes", EVERYBODY),
    row("mfa_download_recovery_codes", NOBODY, hidden=EVERYBODY),
]
