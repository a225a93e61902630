"""The parts of a power as lines of words: for the log, and to set two versions side by side."""

from collections.abc import Callable, Mapping

from lianfang.register.model import Basis, Power, PowerPost, Role, Step

Lines = tuple[str, ...]
_ROLES = {Role.DECIDES: "决策", Role.EXECUTES: "执行", Role.SUPERVISES: "监督"}


def basis_lines(power: Power) -> Lines:
    """Return the bases, one a line: the words as written, and the code of the regulation."""
    return tuple(_basis(basis) for basis in power.bases)


def part_lines(power: Power, posts: Mapping[str, str]) -> Lines:
    """Return what each post does, one a line; `posts` gives names by id."""
    return tuple(_part(part, posts) for part in power.posts)


def step_lines(power: Power, posts: Mapping[str, str]) -> Lines:
    """Return the flow, a step a line, with the numbers of the steps it leads to."""
    numbers = {step.id: str(number) for number, step in enumerate(power.steps, 1)}
    return tuple(_step(step, posts, numbers) for step in power.steps)


def differences(
    before: Power | None, now: Power, posts: Mapping[str, str]
) -> dict[str, tuple[object, object]]:
    """Return the fields that differ, as the log tells them; all that is there for a new power."""
    tellers: dict[str, Callable[[Power], object]] = {
        "unit": lambda power: power.unit,
        "name": lambda power: power.name,
        "category": lambda power: power.category or "",
        "kind": lambda power: power.kind,
        "matters": lambda power: list(power.matters),
        "frequency": lambda power: power.frequency,
        "public": lambda power: power.public,
        "bases": lambda power: list(basis_lines(power)),
        "posts": lambda power: list(part_lines(power, posts)),
        "steps": lambda power: list(step_lines(power, posts)),
    }
    pairs = {name: (tell(before) if before else None, tell(now)) for name, tell in tellers.items()}
    return {
        name: (old, new) for name, (old, new) in pairs.items() if old != new and (before or new)
    }


def _basis(basis: Basis) -> str:
    named = f" [{basis.regulation}]" if basis.regulation else ""
    return f"{basis.text}{named}"


def _part(part: PowerPost, posts: Mapping[str, str]) -> str:
    limits = [part.limit] if part.limit else []
    if part.amount is not None:
        limits.append(f"≤ {part.amount:,} 元")
    told = f"{posts.get(part.post, part.post)} {_ROLES[part.role]}"
    return f"{told}：{'，'.join(limits)}" if limits else told


def _step(step: Step, posts: Mapping[str, str], numbers: Mapping[str, str]) -> str:
    where = posts.get(step.post, step.post) if step.post else step.lane
    told = f"[{numbers[step.id]}] {step.name}"
    inside = [part for part in (where, f"{step.days} 日" if step.days is not None else "") if part]
    inside += [part for part in (step.term, step.output) if part]
    if inside:
        told += f"（{'，'.join(inside)}）"
    onward = [
        f"{numbers.get(arrow.to, arrow.to)} {arrow.condition}".strip() for arrow in step.arrows
    ]
    return f"{told} → {'；'.join(onward)}" if onward else told
