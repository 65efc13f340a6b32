"""Text columns held as distinct texts and places, so that each distinct text is read once.

A column may come plain or dictionary-encoded; null and empty differ only for `stable_hash`.
"""

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

TEXTS = pa.dictionary(pa.int32(), pa.string())
"""How columns are held."""


def encoded(texts: pa.Array) -> pa.DictionaryArray:
    """Return a column as distinct texts and places; null becomes the empty text.

    Args:
        texts: Plain or encoded.

    Examples:
        >>> encoded(pa.array(["a", None, "a"])).dictionary.to_pylist()
        ['a', '']
    """
    held = (
        texts if pa.types.is_dictionary(texts.type) else texts.cast(pa.string()).dictionary_encode()
    )
    if not held.null_count:
        return held
    words = pa.concat_arrays([held.dictionary, pa.array([""], held.dictionary.type)])
    places = pc.fill_null(held.indices, len(held.dictionary))
    return pa.DictionaryArray.from_arrays(places, words)


def plain(texts: pa.Array) -> pa.StringArray:
    """Return a column as one text per row.

    Args:
        texts: Plain or encoded.

    Examples:
        >>> plain(pa.array(["a", "a"]).dictionary_encode()).to_pylist()
        ['a', 'a']
    """
    if pa.types.is_dictionary(texts.type):
        return texts.dictionary.cast(pa.string()).take(texts.indices)
    return texts.cast(pa.string())


def constant(text: str, size: int) -> pa.DictionaryArray:
    """Return a column that holds one text.

    Args:
        text: The text.
        size: Number of rows.

    Examples:
        >>> constant("a", 2).to_pylist()
        ['a', 'a']
    """
    return pa.DictionaryArray.from_arrays(np.zeros(size, np.int32), pa.array([text], pa.string()))


def mapped(texts: pa.Array, change: Callable[[str], str]) -> pa.DictionaryArray:
    """Change a column's texts, each distinct one once.

    Args:
        texts: Plain or encoded; null counts as empty.
        change: Gives the new text.

    Examples:
        >>> mapped(pa.array(["a", "b", "a"]), str.upper).to_pylist()
        ['A', 'B', 'A']
    """
    held = encoded(texts)
    words = pa.array([change(text) for text in held.dictionary.to_pylist()], pa.string())
    return pa.DictionaryArray.from_arrays(held.indices, words)


def is_blank(texts: pa.Array) -> npt.NDArray[np.bool_]:
    """Say for each row whether it holds nothing but spaces.

    Args:
        texts: Plain or encoded; null counts as empty.

    Examples:
        >>> is_blank(pa.array(["a", " ", None])).tolist()
        [False, True, True]
    """
    held = encoded(texts)
    blank = pc.equal(pc.utf8_trim_whitespace(held.dictionary), "")
    found: npt.NDArray[np.bool_] = mask(blank)[held.indices.to_numpy()]
    return found


def joined(columns: Sequence[pa.Array], separator: str) -> pa.DictionaryArray:
    """Join the texts of several columns row by row.

    Args:
        columns: Plain or encoded, of equal length, at least one; null counts as empty.
        separator: Stands between them.

    Examples:
        >>> joined([pa.array(["a", "a"]), pa.array(["x", ""])], "|").to_pylist()
        ['a|x', 'a|']
    """
    first, *others = (encoded(column) for column in columns)
    for other in others:
        first = _pair(first, other, separator)
    return first


def _pair(left: pa.DictionaryArray, right: pa.DictionaryArray, separator: str) -> pa.Array:
    width = max(1, len(right.dictionary))
    places = left.indices.to_numpy().astype(np.int64) * width + right.indices.to_numpy()
    pairs = pa.array(places).dictionary_encode()
    at = pairs.dictionary.to_numpy()
    words = pc.binary_join_element_wise(
        left.dictionary.take(pa.array(at // width)),
        right.dictionary.take(pa.array(at % width)),
        separator,
    )
    return pa.DictionaryArray.from_arrays(pairs.indices, words)


def mask(booleans: pa.Array) -> npt.NDArray[np.bool_]:
    """Return an Arrow column of booleans as NumPy's.

    Args:
        booleans: Without nulls.

    Examples:
        >>> mask(pa.array([True, False])).tolist()
        [True, False]
    """
    return np.asarray(booleans.to_numpy(zero_copy_only=False), dtype=np.bool_)
