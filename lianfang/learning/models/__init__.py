"""Plans of learning, activities, materials, warning cases, quizzes, who came, certificates.

Source: 质检认纪〔2012〕1号 二.
"""

from lianfang.learning.models.attending import Attendance, Certificate, HoursReached
from lianfang.learning.models.cases import CaseReading, WarningCase
from lianfang.learning.models.planning import Activity, LearningPlan, Material, PlannedLevel
from lianfang.learning.models.quizzes import Question, Quiz, QuizTry

__all__ = [
    "Activity",
    "Attendance",
    "CaseReading",
    "Certificate",
    "HoursReached",
    "LearningPlan",
    "Material",
    "PlannedLevel",
    "Question",
    "Quiz",
    "QuizTry",
    "WarningCase",
]
