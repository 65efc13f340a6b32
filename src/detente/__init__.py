"""Detente: an observatory for the relation between two states."""

from detente.pipeline.adding import AddReport, add
from detente.pipeline.answers import CommitmentsAnswer, GapAnswer, MeetingsAnswer
from detente.pipeline.briefs import Brief, brief
from detente.pipeline.coding import CodeReport, code
from detente.pipeline.commitments import commitments
from detente.pipeline.gaps import gap
from detente.pipeline.meetings import meetings
from detente.pipeline.panel_tables import export_panel, panel
from detente.pipeline.panels import PanelReport, build_panel, update_panel
from detente.pipeline.verifying import VerifyReport, verify
from detente.pipeline.workspace import Workspace, init

__all__ = [
    "AddReport",
    "Brief",
    "CodeReport",
    "CommitmentsAnswer",
    "GapAnswer",
    "MeetingsAnswer",
    "PanelReport",
    "VerifyReport",
    "Workspace",
    "add",
    "brief",
    "build_panel",
    "code",
    "commitments",
    "export_panel",
    "gap",
    "init",
    "meetings",
    "panel",
    "update_panel",
    "verify",
]
