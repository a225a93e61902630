"""Everything this room writes; each is recorded in the same transaction."""

from lianfang.powers.actions.powers import (
    change_power,
    create_power,
    delete_draft,
    restore_draft,
    retire_power,
)
from lianfang.powers.actions.regulations import (
    attach_file,
    change_regulation,
    create_regulation,
    move_regulation,
    retire_regulation,
)

__all__ = [
    "attach_file",
    "change_power",
    "change_regulation",
    "create_power",
    "create_regulation",
    "delete_draft",
    "move_regulation",
    "restore_draft",
    "retire_power",
    "retire_regulation",
]
