"""The flow of a power as a graph: where it begins, where it ends, what can be reached.

A flow that someone drew has nodes of kind start, decision or end and is taken at its word. One
that was read from a text (A→B→C) has plain steps only: its first step without an arrow to it is
the start, a step without an arrow from it the end. Without any arrow the order is the flow.
"""

from collections.abc import Iterator
from functools import cached_property

from lianfang.register.model import Step, StepKind


class Flow:
    """The steps of one power; arrows that lead nowhere are left out."""

    def __init__(self, steps: tuple[Step, ...]) -> None:
        self.steps = steps
        self._known = {step.id for step in steps}
        self.exits: dict[str, frozenset[str]] = {}
        for step in steps:
            there = {arrow.to for arrow in step.arrows if arrow.to in self._known}
            self.exits[step.id] = self.exits.get(step.id, frozenset()) | there

    @cached_property
    def drawn(self) -> bool:
        """Whether somebody marked what kind of node each step is."""
        return any(step.kind is not StepKind.STEP for step in self.steps)

    @cached_property
    def linked(self) -> bool:
        """Whether there is any arrow at all."""
        return any(self.exits.values())

    @cached_property
    def starts(self) -> tuple[str, ...]:
        """The ids of the steps at which the flow begins."""
        marked = tuple(step.id for step in self.steps if step.kind is StepKind.START)
        if marked or self.drawn:
            return marked
        entered = {to for tos in self.exits.values() for to in tos}
        return tuple(step.id for step in self.steps if step.id not in entered)[:1]

    @cached_property
    def ends(self) -> tuple[str, ...]:
        """The ids of the steps at which the flow ends."""
        marked = tuple(step.id for step in self.steps if step.kind is StepKind.END)
        if marked or self.drawn:
            return marked
        return tuple(step.id for step in self.steps if not self.exits[step.id])

    def unreachable(self) -> Iterator[Step]:
        """Yield the steps to which no way leads from a start; none where there is no start."""
        if not self.linked or not self.starts:
            return
        seen = set(self.starts)
        waiting = list(self.starts)
        while waiting:
            fresh = self.exits[waiting.pop()] - seen
            seen |= fresh
            waiting.extend(fresh)
        yield from (step for step in self.steps if step.id not in seen)

    def dead_ends(self) -> Iterator[Step]:
        """Yield the steps of a drawn flow from which nothing leads on, though they are no end."""
        if not self.drawn or not self.linked:
            return
        for step in self.steps:
            if step.kind is not StepKind.END and not self.exits[step.id]:
                yield step

    def forced_decisions(self) -> Iterator[Step]:
        """Yield the decisions that leave no choice: exactly one way leads on."""
        for step in self.steps:
            if step.kind is StepKind.DECISION and len(self.exits[step.id]) == 1:
                yield step
