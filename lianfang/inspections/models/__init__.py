"""Draws and who was drawn, records of visits, what was found and put right."""

from lianfang.inspections.models.draws import Draw, DrawnPost
from lianfang.inspections.models.records import Correction, Finding, Record, RecordLine

__all__ = ["Correction", "Draw", "DrawnPost", "Finding", "Record", "RecordLine"]
