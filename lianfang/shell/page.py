"""Writes docs/actions.md: every action of the log with the words for it in both languages.

`python -m lianfang.shell.page`; a test holds the file to the code.
"""

import os
from pathlib import Path

TARGET = Path(__file__).resolve().parents[2] / "docs" / "actions.md"
_HEAD = """# Actions of the log · 日志中的动作

Made by `python -m lianfang.shell.page`; don't edit. [What an event is](log.md).

| action | 中文 | English |
|---|---|---|
"""


def page() -> str:
    """Return the page. The settings must be loaded."""
    from django.utils.translation import override

    from lianfang.shell.words import ACTIONS

    words: dict[str, list[str]] = {name: [] for name in sorted(ACTIONS)}
    for language in ("zh-hans", "en"):
        with override(language):
            for name in words:
                words[name].append(str(ACTIONS[name]))
    return _HEAD + "".join(f"| `{name}` | {zh} | {en} |\n" for name, (zh, en) in words.items())


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lianfang.config.testing")
    import django

    django.setup()
    TARGET.write_text(page(), encoding="utf-8")
