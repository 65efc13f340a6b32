from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import LedgerError
from detente.ledger import OriginalStore


@pytest.fixture
def store(tmp_path: Path) -> OriginalStore:
    return OriginalStore(tmp_path / "originals")


@settings(max_examples=25, deadline=None)
@given(content=st.binary())
def test_what_is_put_is_got(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    store = OriginalStore(tmp_path_factory.mktemp("originals"))
    assert store.get(store.put(content)) == content


def test_files_lie_two_levels_deep_and_no_draft_is_left(store: OriginalStore) -> None:
    name = store.put(b"text")
    assert name == sha256(b"text").hexdigest()
    files = [p.relative_to(store.folder) for p in store.folder.rglob("*") if p.is_file()]
    assert files == [Path(name[:2]) / name[2:]]


def test_an_existing_original_is_kept(store: OriginalStore) -> None:
    name = store.put(b"text")
    before = (store.folder / name[:2] / name[2:]).stat()
    store.put(b"text")
    after = (store.folder / name[:2] / name[2:]).stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_a_damaged_original_is_told_and_mended_by_putting_it_again(store: OriginalStore) -> None:
    name = store.put(b"text")
    (store.folder / name[:2] / name[2:]).write_bytes(b"tex")
    with pytest.raises(LedgerError, match="changed; restore it from a backup or add its document"):
        store.get(name)
    store.put(b"text")
    assert store.get(name) == b"text"


def test_a_missing_original_is_told(store: OriginalStore) -> None:
    name = sha256(b"never put").hexdigest()
    assert not store.has(name)
    with pytest.raises(LedgerError, match=r"No such file.*restore it from a backup"):
        store.get(name)


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "AB" * 32, "ab" * 31, "ab" * 33])
def test_only_hashes_name_originals(store: OriginalStore, name: str) -> None:
    assert not store.has(name)
    with pytest.raises(LedgerError, match="a name is 64 hexadecimal digits"):
        store.get(name)


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "originals").write_text("a file stands here", encoding="utf-8")
    with pytest.raises(LedgerError, match=r"cannot be written: .*; mend the folder"):
        OriginalStore(tmp_path / "originals").put(b"text")


def test_a_failed_write_leaves_nothing(
    store: OriginalStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    store.put(b"first")
    monkeypatch.setattr("detente.ledger.originals.os.fsync", full)
    with pytest.raises(LedgerError, match="No space left on device; mend the folder"):
        store.put(b"second")
    monkeypatch.undo()
    assert not store.has(sha256(b"second").hexdigest())
    assert sum(p.is_file() for p in store.folder.rglob("*")) == 1
