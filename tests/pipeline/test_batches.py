import json
from datetime import date

import pyarrow as pa
import pytest

from detente.coding import CODERS
from detente.errors import BatchError, UnknownNameError
from detente.pipeline.batches import PASSAGES, RECORDS, code_batches, passages_batch
from detente.records import Caption, DateInterval, Span
from tests.kit import AT, Coded, make

FIRST = make("China accused the United States of bullying.", "The two sides agreed to meet in May.")
SECOND = make("Japan thanked Australia.", document_id="d2", title="Japan and Australia")


def records(*documents: Coded, coder: str = "patterns") -> list[dict[str, object]]:
    (found,) = code_batches([passages_batch(documents)], coder=coder)
    assert found.schema == RECORDS
    rows: list[dict[str, object]] = found.to_pylist()
    return rows


@pytest.mark.parametrize("coder", ["patterns", "pairs"])
def test_a_batch_says_what_the_coder_says(coder: str) -> None:
    said = CODERS[coder]().code(*FIRST, coded_at=AT)
    rows = [row for row in records(FIRST, coder=coder) if row["kind"] == "event"]
    assert [(r["actor"], r["recipient"], r["root"], r["passage"]) for r in rows] == [
        (e.actor, e.recipient, e.root, e.evidence.passage) for e in said.events
    ]
    assert rows


def test_documents_are_read_one_by_one() -> None:
    both = records(FIRST, SECOND)
    assert both == [*records(FIRST), *records(SECOND)]
    assert {row["document_id"] for row in both} == {"d1", "d2"}


def test_every_kind_of_record_comes_whole() -> None:
    rows = records(FIRST)
    assert {"event", "commitment"} <= {row["kind"] for row in rows}
    evidence = [json.loads(str(r["record"]))["evidence"] for r in rows if r["kind"] == "event"]
    assert all(e["document_id"] == "d1" and e["text"] for e in evidence)


def test_a_batch_without_passages_has_no_records() -> None:
    (found,) = code_batches([pa.RecordBatch.from_pylist([], schema=PASSAGES)])
    assert found.num_rows == 0
    assert found.schema == RECORDS


def test_a_missing_column_is_named() -> None:
    batch = passages_batch([FIRST]).select(["document_id", "text"])
    with pytest.raises(BatchError, match=r"columns passage, start, .* are missing; received"):
        list(code_batches([batch]))


def test_a_row_that_is_no_passage_is_named() -> None:
    rows = passages_batch([FIRST]).to_pylist()
    rows[0]["kind"] = "poem"
    batch = pa.RecordBatch.from_pylist(rows, schema=PASSAGES)
    with pytest.raises(BatchError, match=r"kind: Input should be 'readout'.*received d1"):
        list(code_batches([batch]))


def test_an_unknown_coder_is_refused() -> None:
    with pytest.raises(UnknownNameError, match="did you mean pairs"):
        list(code_batches([passages_batch([FIRST])], coder="pair"))


@pytest.mark.parametrize(
    "order", [[0, 2, 1], [1, 0, 2], [0, 1, 1, 2]], ids=["apart", "falling", "doubled"]
)
def test_a_document_must_be_whole_and_in_order(order: list[int]) -> None:
    batch = passages_batch([FIRST, SECOND]).take(pa.array(order))
    with pytest.raises(BatchError, match="do not stand together in rising order; received d1"):
        list(code_batches([batch]))


def test_captions_date_a_meeting_there_as_here() -> None:
    caption = Caption(
        span=Span(start=0, end=31),
        text="Antony Blinken walks in Beijing",
        taken=DateInterval.day(date(2023, 6, 18)),
    )
    document, passages = make("Antony Blinken met Wang Yi.", captions=(caption,))
    said = CODERS["patterns"]().code(document, passages, coded_at=AT)
    (found,) = [r for r in records((document, passages)) if r["kind"] == "meeting"]
    assert json.loads(str(found["record"])) == json.loads(said.meetings[0].model_dump_json())
    assert said.meetings[0].within.start == date(2023, 6, 18)
