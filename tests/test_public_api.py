import detente


def test_the_public_names_are_these() -> None:
    assert detente.__all__ == [
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
    assert detente.__all__ == sorted(detente.__all__)
    assert all(hasattr(detente, name) for name in detente.__all__)
