"""Fields for a day and for a time of it."""

from django import forms


class DayInput(forms.DateInput):
    """A day, typed or picked."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    """A time of the day to the minute."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")
