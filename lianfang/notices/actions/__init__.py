"""Every write to notices: told and seen, and how they leave the house."""

from lianfang.notices.actions.telling import Telling, mark_all_seen, mark_seen, tell, tell_all

__all__ = ["Telling", "mark_all_seen", "mark_seen", "tell", "tell_all"]
