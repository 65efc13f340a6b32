"""Reader of the ontology's data files: CSV with `#` comment lines that give edition and source.

Cells stay text; the module that owns a table turns them into what they mean.
"""

import csv
from importlib.resources import files


def read_table(name: str) -> list[dict[str, str]]:
    """Read one data file.

    Args:
        name: File name without folder and ending, `"countries"`.

    Returns:
        One dictionary per row, column name to cell, in file order.

    Examples:
        >>> read_table("countries")[0]["iso3"]
        'ABW'
    """
    path = files("detente.ontology.data") / f"{name}.csv"
    with path.open(encoding="utf-8") as lines:
        return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def split_list(cell: str) -> tuple[str, ...]:
    """Split a cell that holds several values parted by `|`.

    Args:
        cell: The text of the cell; empty for no value.

    Returns:
        The values in order.

    Examples:
        >>> split_list("Beijing|Zhongnanhai"), split_list("")
        (('Beijing', 'Zhongnanhai'), ())
    """
    return tuple(value for value in cell.split("|") if value)
