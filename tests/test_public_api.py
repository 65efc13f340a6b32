import detente


def test_the_public_names_are_these() -> None:
    assert detente.__all__ == [
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
    assert detente.__all__ == sorted(detente.__all__)
    assert all(hasattr(detente, name) for name in detente.__all__)
