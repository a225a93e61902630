"""Deployment choices: each is an environment variable, read once; a wrong value stops the start."""

import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from lianfang.common.errors import Refused
from lianfang.common.text import Text


class WrongSetting(Refused):
    """An environment variable holds what it may not."""


def text(name: str, default: str = "") -> str:
    """Return the variable, or the text of the file that `NAME_FILE` names; both set is refused."""
    value, file = os.environ.get(name), os.environ.get(f"{name}_FILE")
    if value is not None and file is not None:
        raise _wrong(
            name, "不要同时设置变量和文件", "set either the variable or the file, not both"
        )
    if file is None:
        return default if value is None else value
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise _wrong(f"{name}_FILE", f"读不到文件 {file}", f"can't read {file}") from error


def switch(name: str, *, default: bool) -> bool:
    """Return whether the variable says 1 or 0; anything else is refused."""
    value = text(name, "1" if default else "0")
    if value not in {"0", "1"}:
        raise _wrong(name, "只能是 1 或 0", "say 1 or 0")
    return value == "1"


def words(name: str, default: str = "") -> list[str]:
    """Return the parts of a variable that is a list with commas."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def number(name: str, default: int, *, least: int = 0) -> int:
    """Return the variable as a whole number of at least `least`."""
    value = text(name, str(default))
    if not value.isdecimal() or int(value) < least:
        raise _wrong(name, f"须为不小于 {least} 的整数", f"give a whole number of at least {least}")
    return int(value)


def address(name: str) -> str:
    """Return the variable as the address of a site without a slash behind it; may be empty."""
    value = text(name).rstrip("/")
    parts = urlsplit(value)
    if value and not (parts.scheme in {"http", "https"} and parts.netloc and not parts.query):
        raise _wrong(name, "须以 http:// 或 https:// 开头", "begin it with http:// or https://")
    return value


def database(url: str, home: Path) -> dict[str, object]:
    """Return Django's description of the database at `url`; empty means SQLite in `home`.

    `sqlite:///绝对路径` or `postgresql://user:password@host:port/name?sslmode=require`.
    """
    if not url:
        return _sqlite(home / "lianfang.sqlite3")
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(Path(unquote(parts.path)))
    if parts.scheme in {"postgresql", "postgres"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or ""),
            "PORT": parts.port or "",
            "OPTIONS": dict(parse_qsl(parts.query)),
            "CONN_MAX_AGE": 600,
            "CONN_HEALTH_CHECKS": True,
        }
    raise _wrong(
        "DATABASE_URL",
        "须以 sqlite:/// 或 postgresql:// 开头",
        "begin it with sqlite:/// or postgresql://",
    )


def _sqlite(path: Path) -> dict[str, object]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {
            # IMMEDIATE takes the write lock at once, so no writer fails half way.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # Temporary things stay in files: in memory, what a savepoint may have to take back
            # is walked through from its start at the end of every statement.
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
                "PRAGMA temp_store=DEFAULT; PRAGMA cache_size=-20000;"
            ),
        },
    }


def _wrong(name: str, zh: str, en: str) -> WrongSetting:
    return WrongSetting(
        Text(f"环境变量 {name} 有误：{zh}。", f"The variable {name} is wrong: {en}.")
    )
