"""Surveys, about whom, who is asked, the box while one is open, and what it came to."""

from lianfang.surveys.models.results import Figure, Remark
from lianfang.surveys.models.surveys import Invitation, SealedBox, Survey, SurveySubject

__all__ = ["Figure", "Invitation", "Remark", "SealedBox", "Survey", "SurveySubject"]
