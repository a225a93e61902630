"""What the scheme calls its rules about duties."""

from collections.abc import Mapping

from lianfang.common.text import Text
from lianfang.scheme.model import Scheme


def rule_labels(scheme: Scheme) -> Mapping[str, Text]:
    """Return what the scheme calls its rules, by code."""
    return {rule.code: rule.label for rule in scheme.duties}
