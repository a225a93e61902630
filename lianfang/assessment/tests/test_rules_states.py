"""The tables of states: every pair of where something stands and what is done."""

from itertools import product

import pytest

from lianfang.assessment.models import Accountability, AssessedSheet, Assessment, AssessmentTask
from lianfang.assessment.rules import states
from lianfang.assessment.rules.states import (
    Act,
    Matter,
    MatterAct,
    SheetAct,
    State,
    Step,
    TaskAct,
    TaskState,
)


@pytest.mark.parametrize(("state", "act"), [*product(State, Act)])
def test_each_act_on_a_year_leads_where_the_table_says(state: State, act: Act) -> None:
    legal = {("draft", "change"), ("draft", "open"), ("open", "confirm"), ("confirmed", "publish")}
    found = states.follows(state, act)
    assert (found is not None) == ((state.value, act.value) in legal)
    if act is not Act.CHANGE and found is not None:
        assert list(State).index(found) == list(State).index(state) + 1


@pytest.mark.parametrize(("step", "act"), [*product(Step, SheetAct)])
def test_each_act_on_a_sheet_leads_where_the_table_says(step: Step, act: SheetAct) -> None:
    forward = {
        SheetAct.SCORE_SELF: (Step.SELF, Step.OFFICE),
        SheetAct.SCORE_OFFICE: (Step.OFFICE, Step.LEADERSHIP),
        SheetAct.SCORE_LEADERSHIP: (Step.LEADERSHIP, Step.SCORED),
        SheetAct.SCORE_ANEW: (Step.SCORED, Step.OFFICE),
        SheetAct.CONFIRM: (Step.SCORED, Step.CONFIRMED),
        SheetAct.CORRECT: (Step.CONFIRMED, Step.CONFIRMED),
        SheetAct.OBJECT: (Step.SCORED, Step.SCORED),
    }
    found = states.sheet_after(step, act)
    if act in forward:
        begin, end = forward[act]
        assert found == (end if step is begin else None)
    elif act is SheetAct.RETURN:
        assert found == {Step.OFFICE: Step.SELF, Step.LEADERSHIP: Step.OFFICE}.get(step)
    elif act is SheetAct.ADJUST:
        assert found == (step if step in (Step.OFFICE, Step.LEADERSHIP, Step.SCORED) else None)
    else:
        ended = step in (Step.CONFIRMED, Step.LEFT_OUT)
        assert found == (None if ended else Step.LEFT_OUT)


@pytest.mark.parametrize(("state", "act"), [*product(Matter, MatterAct)])
def test_each_act_in_a_matter_leads_where_the_table_says(state: Matter, act: MatterAct) -> None:
    legal = {
        (Matter.OPENED, MatterAct.HEAR): Matter.HEARD,
        (Matter.OPENED, MatterAct.DISMISS): Matter.DISMISSED,
        (Matter.HEARD, MatterAct.DISMISS): Matter.DISMISSED,
        (Matter.HEARD, MatterAct.DECIDE): Matter.DECIDED,
        (Matter.DECIDED, MatterAct.APPEAL): Matter.APPEALED,
        (Matter.DECIDED, MatterAct.CLOSE): Matter.CLOSED,
        (Matter.APPEALED, MatterAct.ANSWER): Matter.CLOSED,
    }
    assert states.matter_after(state, act) == legal.get((state, act))


@pytest.mark.parametrize(("state", "act"), [*product(TaskState, TaskAct)])
def test_each_act_on_a_task_leads_where_the_table_says(state: TaskState, act: TaskAct) -> None:
    legal = {
        (TaskState.OPEN, TaskAct.DO): TaskState.DONE,
        (TaskState.DONE, TaskAct.CONFIRM): TaskState.CONFIRMED,
        (TaskState.DONE, TaskAct.SEND_BACK): TaskState.OPEN,
    }
    assert states.task_after(state, act) == legal.get((state, act))


def test_tables_and_models_have_the_same_states() -> None:
    assert set(Assessment.State.values) == set(State)
    assert set(AssessedSheet.Step.values) == set(Step)
    assert set(Accountability.State.values) == set(Matter)
    assert set(AssessmentTask.State.values) == set(TaskState)
