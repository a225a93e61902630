"""What the log's actions and fields of this room are called on a page."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

ACTIONS: dict[str, Promise | str] = {
    "accounts.login.created": _("建立登录"),
    "accounts.login.closed": _("关闭登录"),
    "accounts.login.reopened": _("重新启用登录"),
    "accounts.login.password_changed": _("修改密码"),
    "accounts.login.password_reset": _("重设密码"),
    "accounts.login.signed_in": pgettext_lazy("log", "登录"),
    "accounts.login.entered": _("一键进入（示例）"),
    "accounts.login.signed_out": _("退出登录"),
    "accounts.login.sessions_ended": _("结束会话"),
    "accounts.login.authenticator_added": _("启用动态验证码"),
    "accounts.login.authenticator_removed": _("停用动态验证码"),
    "accounts.login.key_added": _("登记安全密钥"),
    "accounts.login.key_removed": _("停用安全密钥"),
    "accounts.login.second_factor_removed": _("停用第二因素"),
    "accounts.login.recovery_codes_made": _("生成恢复码"),
    "accounts.login.language_set": _("选择语言"),
    "accounts.login.settled": _("收起入门清单"),
    "accounts.login.delayed": _("连续输错，须等待"),
}
# What happens every day, and would hide the rest of a login's history.
ROUTINE = (
    "accounts.login.signed_in",
    "accounts.login.signed_out",
    "accounts.login.entered",
    "accounts.login.language_set",
    "accounts.login.settled",
)
FIELDS: dict[str, Promise | str] = {
    "username": _("登录名"),
    "is_active": _("启用"),
    "must_change_password": _("首次登录须改密码"),
    "language": _("语言"),
    "settled_at": _("收起入门清单于"),
    "reason": _("理由"),
    "how": _("登录方式"),
    "address": _("网络地址"),
    "device": _("设备"),
    "sessions": _("会话数"),
    "failures": _("连续失败次数"),
    "wait_until": _("等待至"),
    "proof": _("所试"),
    "key": _("安全密钥"),
}
# What was tried in vain.
PROOFS: dict[str, Promise | str] = {"password": _("密码"), "code": _("验证码")}
# How somebody signed in.
HOW: dict[str, Promise | str] = {
    "password": _("密码"),
    "totp": _("密码和动态验证码"),
    "recovery_codes": _("密码和恢复码"),
    "webauthn": _("密码和安全密钥"),
    "example": _("示例模式，一键进入"),
}
