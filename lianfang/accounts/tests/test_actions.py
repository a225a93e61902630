"""What the actions on logins do, tell the log, and refuse."""

from datetime import datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.test import override_settings

from lianfang.accounts import actions
from lianfang.accounts.adapter import Unreadable
from lianfang.accounts.models import FailureCount, User
from lianfang.accounts.naming import Proof, key_of
from lianfang.accounts.passwords import SENTENCES, WeakPassword, faults_in, first_password
from lianfang.accounts.rules import FIRST_PASSWORD_LASTS, Fault
from lianfang.accounts.tests.logins import AT, OTHER, PASSWORD, code_of, make_login, told
from lianfang.audit.models import Detail, Event

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def sign_in(user: User, key: str = "k1") -> None:
    actions.record_sign_in(
        user=user,
        session_key=key,
        address="10.0.0.1",
        user_agent="",
        how="password",
        by=user,
        at=AT,
    )


def test_a_login_is_made_once_in_any_case_and_width() -> None:
    user = make_login("Zhang.San")
    assert User.objects.get_by_natural_key(" ｚhang.SAN ") == user
    for again in ("Zhang.San", "ZHANG.san", "ｚｈａｎｇ.san"):
        with pytest.raises(actions.LoginNameRefused, match="已经使用"):
            make_login(again)


def test_the_database_itself_keeps_names_apart_only_in_any_case() -> None:
    make_login("zhang")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(username="ZHANG", created_at=AT)


@pytest.mark.parametrize("name", ["", " ", "-x", ".x", "_x", "a b", "a/b", "a<b>", "x" * 61])
def test_a_name_of_other_characters_is_refused(name: str) -> None:
    with pytest.raises(actions.LoginNameRefused):
        make_login(name)


def test_a_chinese_name_may_be_a_login() -> None:
    assert make_login("张三").username == "张三"


def test_a_password_is_kept_as_argon2_and_nowhere_in_the_log() -> None:
    user = make_login()
    actions.change_password(user=user, password=OTHER, by=user, at=AT)
    _, given = actions.reset_password(user=user, by=None, at=AT)
    user.refresh_from_db()
    assert user.password.startswith("argon2$argon2id$")
    texts = " ".join(Detail.objects.values_list("text", flat=True))
    for secret in (PASSWORD, OTHER, given, "argon2"):
        assert secret not in texts


def test_a_weak_password_is_refused_with_every_reason_in_both_languages() -> None:
    with pytest.raises(WeakPassword) as refused:
        actions.create_login(
            username="zhang",
            password="zhang",
            must_change_password=True,
            organisation=None,
            by=None,
            at=AT,
        )
    assert "至少 12 个字符" in refused.value.text.zh
    assert "登录名" in refused.value.text.zh
    assert "at least 12 characters" in refused.value.text.en
    assert not User.objects.exists()


def test_a_common_password_is_refused_from_the_list_of_django() -> None:
    with pytest.raises(WeakPassword, match=SENTENCES[Fault.COMMON].zh):
        actions.change_password(user=make_login(), password="Liverpool1234", by=None, at=AT)


def test_first_passwords_are_good_and_never_the_same() -> None:
    made = {first_password() for _ in range(200)}
    assert len(made) == 200
    assert not any(faults_in(password, "zhang") for password in made)


def test_a_changed_password_ends_the_other_sessions_and_is_no_first_one_any_more() -> None:
    user = make_login(first=True)
    sign_in(user, "mine")
    sign_in(user, "other")
    later = AT + MINUTE
    actions.change_password(user=user, password=OTHER, by=user, at=later, session_key="mine")
    user.refresh_from_db()
    assert user.check_password(OTHER)
    assert not user.must_change_password
    assert user.password_set_at == later
    assert list(UserSession.objects.values_list("session_key", flat=True)) == ["mine"]
    assert told(user) == ["signed_in", "signed_in", "password_changed"]


def test_the_old_password_is_no_new_one() -> None:
    user = make_login()
    with pytest.raises(WeakPassword, match="相同"):
        actions.change_password(user=user, password=PASSWORD, by=user, at=AT)


def test_a_reset_password_must_be_changed_and_ends_all_sessions_and_all_waiting() -> None:
    user = make_login()
    sign_in(user)
    for _ in range(5):
        actions.begin_attempt(username="zhang", device="", at=AT, proof=Proof.PASSWORD)
    user, given = actions.reset_password(user=user, by=None, at=AT)
    user.refresh_from_db()
    assert user.check_password(given)
    assert user.must_change_password
    assert not UserSession.objects.exists()
    assert not FailureCount.objects.exists()
    assert told(user) == ["signed_in", "password_reset"]


def enter(
    username: str = "zhang", *, password: str = PASSWORD, device: str = "", at: datetime = AT
) -> User:
    return actions.prove_login(username=username, password=password, device=device, at=at)


def test_a_first_password_opens_the_door_for_two_weeks() -> None:
    make_login(first=True)
    last = AT + FIRST_PASSWORD_LASTS
    assert enter(at=last - MINUTE).username
    with pytest.raises(actions.FirstPasswordLapsed):
        enter(at=last)


def test_a_closed_login_has_no_sessions_and_opens_no_door_until_it_is_open_again() -> None:
    user = make_login()
    sign_in(user)
    actions.close_login(user=user, by=None, at=AT, reason="调离")
    assert not UserSession.objects.exists()
    with pytest.raises(actions.WrongLogin):
        enter()
    with pytest.raises(actions.AlreadySo):
        actions.close_login(user=user, by=None, at=AT)
    actions.reopen_login(user=user, by=None, at=AT)
    assert enter() == user
    with pytest.raises(actions.AlreadySo):
        actions.reopen_login(user=user, by=None, at=AT)
    assert told(user) == ["signed_in", "closed", "reopened"]


def test_a_language_is_kept_once() -> None:
    user = make_login()
    for _ in range(2):
        actions.set_language(user=user, language="en", by=user, at=AT)
    user.refresh_from_db()
    assert user.language == "en"
    assert told(user) == ["language_set"]


def test_ending_sessions_that_are_over_writes_nothing() -> None:
    user = make_login()
    assert actions.end_sessions(user=user, by=user, at=AT) == 0
    actions.end_session(user=user, session_id=99, by=user, at=AT)
    assert told(user) == []


def test_nobody_ends_the_session_of_somebody_else() -> None:
    user, other = make_login(), make_login("li")
    sign_in(other)
    session = UserSession.objects.get()
    actions.end_session(user=user, session_id=session.pk, by=user, at=AT)
    assert UserSession.objects.filter(pk=session.pk).exists()


def fail(username: str = "zhang", device: str = "", times: int = 1, at: datetime = AT) -> None:
    for _ in range(times):
        with pytest.raises(actions.WrongLogin):
            enter(username, password="wrong", device=device, at=at)


def test_after_five_failures_an_unknown_device_waits_and_the_right_password_does_not_help() -> None:
    make_login()
    fail(times=5)
    with pytest.raises(actions.MustWait, match="1 分钟"):
        enter("Zhang")
    assert enter(at=AT + MINUTE).username
    assert not FailureCount.objects.exists()


def test_the_sentence_says_when_to_try_again_in_both_languages() -> None:
    make_login()
    fail(times=5)
    fail(at=AT + MINUTE)
    with pytest.raises(actions.MustWait) as refused:
        enter(at=AT + MINUTE + MINUTE / 2)
    assert "2 分钟后再试" in refused.value.text.zh
    assert "Try again in 2 minutes" in refused.value.text.en


def test_a_known_device_has_a_count_of_its_own() -> None:
    make_login()
    fail(times=5)
    assert enter("zhang", device="d1").username
    fail(device="d1", times=5)
    with pytest.raises(actions.MustWait, match="这台设备"):
        enter("zhang", device="d1")
    assert enter("zhang", device="d2").username


def test_a_success_on_a_known_device_does_not_reset_what_others_tried() -> None:
    make_login()
    fail(times=4)
    enter("zhang", device="d1")
    fail()
    with pytest.raises(actions.MustWait):
        enter("zhang")


def test_one_login_waits_and_the_rest_of_the_office_does_not() -> None:
    make_login()
    make_login("li")
    fail(times=5)
    assert enter("li").username


def test_a_name_that_no_login_has_is_answered_and_counted_all_the_same() -> None:
    make_login()
    said = []
    for name in ("zhang", "nobody"):
        fail(name, times=5)
        with pytest.raises(actions.MustWait) as refused:
            actions.prove_login(username=name, password="x", device="", at=AT)
        said.append(refused.value.text)
    assert said[0] == said[1]


def test_the_log_is_told_when_a_delay_begins_and_not_of_each_failure() -> None:
    user = make_login()
    at = AT
    for _ in range(14):
        fail(at=at)
        at += 15 * MINUTE
    assert told(user) == ["delayed", "delayed"]
    fail("nobody", times=5)
    assert Event.objects.filter(action="accounts.login.delayed").count() == 2


def test_what_was_typed_as_a_name_is_not_kept() -> None:
    fail("my secret password")
    row = FailureCount.objects.get()
    assert "secret" not in row.key
    assert row.key == key_of("MY SECRET password")


def test_a_try_is_counted_before_it_is_checked() -> None:
    make_login()
    for _ in range(5):
        actions.begin_attempt(username="zhang", device="", at=AT, proof=Proof.PASSWORD)
    with pytest.raises(actions.MustWait):
        actions.begin_attempt(username="zhang", device="", at=AT, proof=Proof.PASSWORD)


def with_factor() -> User:
    user = make_login()
    actions.add_authenticator(user=user, secret=generate_totp_secret(), by=user, at=AT)
    return user


def test_a_second_factor_gives_recovery_codes_and_is_set_up_once() -> None:
    user = with_factor()
    assert Authenticator.objects.filter(user=user).count() == 2
    with pytest.raises(actions.FactorRefused):
        actions.add_authenticator(user=user, secret=generate_totp_secret(), by=user, at=AT)
    assert told(user) == ["authenticator_added"]


def test_its_secrets_are_sealed_in_the_database() -> None:
    user = with_factor()
    code = code_of(user)
    for row in Authenticator.objects.all():
        sealed = row.data.get("secret") or row.data["seed"]
        assert sealed.startswith("gAAAA")
    with override_settings(SECRET_KEY="another"):
        with pytest.raises(Unreadable):
            actions.prove_code(user=user, code=code, device="", at=AT)
        with override_settings(SECRET_KEY_FALLBACKS=["only for tests"]):
            assert actions.prove_code(user=user, code=code, device="", at=AT)


def test_a_code_opens_the_door_once_however_it_is_written() -> None:
    user = with_factor()
    code = code_of(user)
    assert actions.prove_code(user=user, code=code, device="", at=AT).type == "totp"
    for again in (code, f" {code[:3]} {code[3:]}", f"{code[:3]}-{code[3:]}"):
        # as in another process, which has not seen the first one
        cache.clear()
        with pytest.raises(actions.CodeUsed):
            actions.prove_code(user=user, code=again, device="", at=AT)


def test_a_code_of_the_step_before_is_taken_too_for_clocks_differ() -> None:
    user = with_factor()
    assert actions.prove_code(user=user, code=code_of(user, steps=-1), device="", at=AT)
    with pytest.raises(actions.WrongCode):
        actions.prove_code(user=user, code=code_of(user, steps=-9), device="", at=AT)


def test_a_recovery_code_opens_the_door_once() -> None:
    user = with_factor()
    codes = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    assert len(codes) == 10
    found = actions.prove_code(user=user, code=codes[0], device="", at=AT)
    assert found.type == "recovery_codes"
    with pytest.raises(actions.WrongCode):
        actions.prove_code(user=user, code=codes[0], device="", at=AT)


def test_wrong_codes_make_wait_apart_from_wrong_passwords() -> None:
    user = with_factor()
    for _ in range(5):
        with pytest.raises(actions.WrongCode):
            actions.prove_code(user=user, code="nothing", device="", at=AT)
    with pytest.raises(actions.MustWait):
        actions.prove_code(user=user, code=code_of(user), device="", at=AT)
    assert enter("zhang").username
    assert told(user) == ["authenticator_added", "delayed"]


def test_new_recovery_codes_make_the_old_ones_worthless() -> None:
    user = with_factor()
    old = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    actions.make_recovery_codes(user=user, by=user, at=AT)
    new = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    assert not set(old) & set(new)
    with pytest.raises(actions.FactorRefused):
        actions.make_recovery_codes(user=make_login("li"), by=None, at=AT)


def test_recovery_codes_stay_until_the_last_factor_is_gone() -> None:
    user = with_factor()
    actions.add_key(user=user, name="钥匙", credential={}, by=user, at=AT)
    codes = Authenticator.objects.get(type="recovery_codes")
    actions.remove_authenticator(user=user, by=user, at=AT)
    with pytest.raises(actions.FactorRefused):
        actions.remove_authenticator(user=user, by=user, at=AT)
    assert Authenticator.objects.filter(pk=codes.pk).exists()
    key = Authenticator.objects.get(type="webauthn")
    with pytest.raises(actions.FactorRefused):
        actions.remove_key(user=make_login("li"), key_id=key.pk, by=None, at=AT)
    actions.remove_key(user=user, key_id=key.pk, by=user, at=AT)
    assert not Authenticator.objects.exists()
    assert told(user)[1:] == ["key_added", "authenticator_removed", "key_removed"]


def test_a_removed_second_factor_leaves_no_codes_behind() -> None:
    user = with_factor()
    actions.remove_second_factor(user=user, by=None, at=AT)
    assert not Authenticator.objects.exists()
    with pytest.raises(actions.FactorRefused):
        actions.remove_second_factor(user=user, by=None, at=AT)
    assert told(user) == ["authenticator_added", "second_factor_removed"]
