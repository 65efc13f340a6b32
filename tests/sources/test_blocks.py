import io
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import SourceError
from detente.sources.blocks import Block, blocks, headed, tab_rows
from detente.sources.columns import plain
from detente.sources.rows import Rows, delimited_rows, tab_records

HEADER = ("a", "b", "c")
WANTED = {"first": "a", "last": "c"}
HERE = Path("table.tab")


def read(data: bytes) -> list[Rows]:
    return list(tab_rows(blocks(io.BytesIO(data), HERE, "test"), HEADER, WANTED, "table.tab"))


def account(stretches: list[Rows]) -> tuple[list[object], list[object], list[str]]:
    """Rows with line and original, refusals, and the texts of a column."""
    rows = [
        (line, first, last, original)
        for part in stretches
        for line, first, last, original in zip(
            part.lines.to_pylist(),
            plain(part.columns["first"]).to_pylist(),
            plain(part.columns["last"]).to_pylist(),
            part.original(np.arange(part.size)),
            strict=True,
        )
    ]
    refused = [(r.line, r.reason, r.original) for part in stretches for r in part.broken]
    return list(rows), list(refused), [row[1] for row in rows]


def of_lines(data: bytes) -> list[Rows]:
    text = io.TextIOWrapper(io.BytesIO(data), encoding="utf-8-sig", errors="replace", newline="\n")
    return list(delimited_rows(tab_records(iter(text)), HEADER, WANTED, "table.tab"))


@pytest.mark.parametrize(
    ("data", "rows", "refused"),
    [
        pytest.param(b"1\t2\t3\n", [(1, "1", "3", "1\t2\t3")], [], id="plain"),
        pytest.param(b"1\t2\t3", [(1, "1", "3", "1\t2\t3")], [], id="no last line end"),
        pytest.param(b"1\t2\t3\r\n", [(1, "1", "3", "1\t2\t3")], [], id="CRLF"),
        pytest.param(b"NA\t2\tNULL\n", [(1, "NA", "NULL", "NA\t2\tNULL")], [], id="no marks"),
        pytest.param(b"\n\n1\t\t\n", [(3, "1", "", "1\t\t")], [], id="blank lines"),
        pytest.param(b'"\t2\t"x\n', [(1, '"', '"x', '"\t2\t"x')], [], id="lone quote"),
        pytest.param(
            b"\xef\xbb\xbf1\t2\t3\n", [(1, "1", "3", "1\t2\t3")], [], id="byte order mark"
        ),
        pytest.param(b"\xff\t2\t3\n", [(1, "\ufffd", "3", "\ufffd\t2\t3")], [], id="no UTF-8"),
        pytest.param(b"1\t\xc3\t3\n", [(1, "1", "3", "1\t\ufffd\t3")], [], id="column not wanted"),
        pytest.param(
            b"\xff\n1\t2\t3\n",
            [(2, "1", "3", "1\t2\t3")],
            [(1, "1 columns, expected 3", "\ufffd")],
            id="no UTF-8, no row",
        ),
        pytest.param(
            b"1\t2\t3\n\n \n1\t2\t3\t4\n",
            [(1, "1", "3", "1\t2\t3")],
            [(3, "1 columns, expected 3", " "), (4, "4 columns, expected 3", "1\t2\t3\t4")],
            id="widths",
        ),
        pytest.param(b"1\ra\t2\t3\n", [(1, "1\ra", "3", "1\ra\t2\t3")], [], id="lone CR"),
        pytest.param(b"x\n", [], [(1, "1 columns, expected 3", "x")], id="nothing right"),
    ],
)
def test_lines_become_rows(data: bytes, rows: list[object], refused: list[object]) -> None:
    assert account(read(data))[:2] == (rows, refused)


@settings(deadline=None)
@given(
    st.lists(
        st.lists(st.sampled_from([b"", b"x", b'"', b"\xc3", b"\xe2\x82\xac", b"\r", b" "])).map(
            b"\t".join
        )
        | st.just(b"1\t2\t3")
    ),
    st.sampled_from([b"\n", b"\r\n"]),
    st.integers(1, 40),
)
def test_blocks_read_as_single_lines_do(lines: list[bytes], end: bytes, size: int) -> None:
    data = end.join(lines)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            "detente.sources.blocks.BLOCK", max(size, *(len(x) + 3 for x in [b"", *lines]))
        )
        assert account(read(data))[:2] == account(of_lines(data))[:2]


def test_a_width_that_changes_is_refused_row_by_row() -> None:
    (rows,) = read(b"1\t2\t3\n" * 3 + b"1\t2\n" * 3)
    assert (rows.size, [refusal.line for refusal in rows.broken]) == (3, [4, 5, 6])


def test_blocks_hold_whole_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("detente.sources.blocks.BLOCK", 10)
    lines = b"".join(b"%d\t2\t3\n" % n for n in range(100))
    cut = list(blocks(io.BytesIO(lines), HERE, "test"))
    assert b"".join(block.data for block in cut) == lines
    assert all(b.first == a.first + len(a.ends) for a, b in pairwise(cut))


def test_a_line_without_end_is_no_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("detente.sources.blocks.BLOCK", 10)
    with pytest.raises(SourceError, match="longer than 10 bytes; give a table in lines"):
        read(b"x" * 100)


def test_a_header_is_parted_from_rows() -> None:
    header, rest = headed(iter([Block(b'"a"\t b\n1\t2\n', 1)]))
    assert header == ["a", "b"]
    assert [(block.data, block.first) for block in rest] == [(b"1\t2\n", 2)]


def test_of_two_columns_of_one_name_the_first_is_read() -> None:
    cut = blocks(io.BytesIO(b"1\t2\n"), HERE, "test")
    (rows,) = tab_rows(cut, ("a", "a"), {"first": "a"}, "table.tab")
    assert rows.columns["first"].to_pylist() == ["1"]
