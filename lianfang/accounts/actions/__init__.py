"""Every write to logins. A page, a command and the example come through here."""

from lianfang.accounts.actions.factors import (
    CodeUsed,
    FactorRefused,
    add_authenticator,
    add_key,
    make_recovery_codes,
    remove_authenticator,
    remove_key,
    remove_second_factor,
    spend_code,
)
from lianfang.accounts.actions.failures import (
    Attempt,
    MustWait,
    begin_attempt,
    forget_failures,
    note_failure,
)
from lianfang.accounts.actions.logins import (
    AlreadySo,
    LoginNameRefused,
    close_login,
    create_login,
    reopen_login,
    set_language,
)
from lianfang.accounts.actions.passwords import change_password, reset_password
from lianfang.accounts.actions.proving import (
    FirstPasswordLapsed,
    WrongCode,
    WrongLogin,
    WrongPassword,
    prove_code,
    prove_login,
    prove_password,
)
from lianfang.accounts.actions.sessions import (
    carry_session,
    end_session,
    end_sessions,
    note_seen,
    record_sign_in,
    record_sign_out,
)

__all__ = [
    "AlreadySo",
    "Attempt",
    "CodeUsed",
    "FactorRefused",
    "FirstPasswordLapsed",
    "LoginNameRefused",
    "MustWait",
    "WrongCode",
    "WrongLogin",
    "WrongPassword",
    "add_authenticator",
    "add_key",
    "begin_attempt",
    "carry_session",
    "change_password",
    "close_login",
    "create_login",
    "end_session",
    "end_sessions",
    "forget_failures",
    "make_recovery_codes",
    "note_failure",
    "note_seen",
    "prove_code",
    "prove_login",
    "prove_password",
    "record_sign_in",
    "record_sign_out",
    "remove_authenticator",
    "remove_key",
    "remove_second_factor",
    "reopen_login",
    "reset_password",
    "set_language",
    "spend_code",
]
