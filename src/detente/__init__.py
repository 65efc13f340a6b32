"""Detente: an observatory for the relation between two states."""

from detente.pipeline.adding import AddReport, add
from detente.pipeline.answers import CommitmentsAnswer, GapAnswer, MeetingsAnswer
from detente.pipeline.briefs import Brief, brief
from detente.pipeline.coding import CodeReport, code
from detente.pipeline.commitments import commitments
from detente.pipeline.gaps import gap
from detente.pipeline.meetings import meetings
from detente.pipeline.verifying import VerifyReport, verify
from detente.pipeline.workspace import Workspace, init

__all__ = [
    "AddReport",
    "Brief",
    "CodeReport",
    "CommitmentsAnswer",
    "GapAnswer",
    "MeetingsAnswer",
    "VerifyReport",
    "Workspace",
    "add",
    "brief",
    "code",
    "commitments",
    "gap",
    "init",
    "meetings",
    "verify",
]
