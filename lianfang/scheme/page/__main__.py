"""Rewrites docs/scheme.md."""

from lianfang.scheme.home import DEFAULT, home
from lianfang.scheme.load import load_scheme
from lianfang.scheme.page import page

if __name__ == "__main__":
    target = home().parent / "docs" / "scheme.md"
    target.write_text(page(load_scheme(DEFAULT)), encoding="utf-8")
