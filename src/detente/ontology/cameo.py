"""CAMEO event codes: roots, quad classes and Goldstein values.

Codes are text with leading zeros: `"036"`, never a number.
"""

import csv
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from detente.errors import UnknownNameError


class Realm(StrEnum):
    """Words or deeds. Codebook section 2."""

    SAY = "say"
    DO = "do"


class Tone(StrEnum):
    """Whether an event is warm or cold."""

    COOPERATION = "coop"
    CONFLICT = "conf"
    NEUTRAL = "neutral"


class QuadClass(StrEnum):
    """Verbal or material, cooperation or conflict."""

    VERBAL_COOPERATION = "verbal_cooperation"
    MATERIAL_COOPERATION = "material_cooperation"
    VERBAL_CONFLICT = "verbal_conflict"
    MATERIAL_CONFLICT = "material_conflict"


@dataclass(frozen=True)
class CameoCode:
    """One row of the CAMEO table."""

    code: str
    name: str
    goldstein: float
    """Goldstein's conflict-cooperation value, -10 to +10."""

    @property
    def root(self) -> str:
        """The two-digit root, `"01"` to `"20"`."""
        return self.code[:2]


_SAY_ROOTS = frozenset({"01", "02", "03", "04", "05", "09", "10", "11", "12", "13"})
_DO_ROOTS = frozenset({"06", "07", "08", "14", "15", "16", "17", "18", "19", "20"})
_COOPERATIVE_ROOTS = frozenset({"01", "02", "03", "04", "05", "06", "07", "08"})


@cache
def cameo_codes() -> dict[str, CameoCode]:
    """Return the CAMEO table, keyed by code.

    Returns:
        Every code of the edition in `data/cameo.csv`, roots and subcodes.

    References:
        Gerner, Schrodt, Yilmaz (2012), CAMEO codebook 1.1b3; Goldstein (1992), A
        conflict-cooperation scale for WEIS events data, doi:10.1177/0022002792036002007.

    Examples:
        >>> cameo_codes()["163"].name
        'Impose embargo, boycott, or sanctions'
    """
    path = files("detente.ontology.data") / "cameo.csv"
    with path.open(encoding="utf-8") as lines:
        rows = csv.DictReader(line for line in lines if not line.startswith("#"))
        return {r["code"]: CameoCode(r["code"], r["name"], float(r["goldstein"])) for r in rows}


def cameo_code(code: str) -> CameoCode:
    """Look a CAMEO code up.

    Args:
        code: Text with its leading zero, `"042"`.

    Returns:
        The row of the table.

    Raises:
        UnknownNameError: The table holds no such code; `"13y"` of some files is one.

    Examples:
        >>> cameo_code("042").root
        '04'
    """
    try:
        return cameo_codes()[code]
    except KeyError:
        raise UnknownNameError(kind="CAMEO code", name=code, known=cameo_codes().keys()) from None


def realm_of(root: str) -> Realm:
    """Say whether a root is a word or a deed.

    Args:
        root: `"01"` to `"20"`.

    Returns:
        `say` for 01-05 and 09-13, `do` for 06-08 and 14-20.

    Raises:
        UnknownNameError: Not a CAMEO root.

    References:
        Codebook section 2.

    Examples:
        >>> realm_of("04").value, realm_of("16").value
        ('say', 'do')
    """
    if root in _SAY_ROOTS:
        return Realm.SAY
    if root in _DO_ROOTS:
        return Realm.DO
    raise UnknownNameError(kind="CAMEO root", name=root, known=_SAY_ROOTS | _DO_ROOTS)


def tone_of(root: str) -> Tone:
    """Return the tone a root carries when nothing else is known.

    Args:
        root: `"01"` to `"20"`.

    Returns:
        `neutral` for 01, `coop` for 02-08, `conf` for 09-20; other texts are refused as in
        `realm_of`.

    Examples:
        >>> tone_of("01").value, tone_of("06").value, tone_of("11").value
        ('neutral', 'coop', 'conf')
    """
    if root == "01":
        return Tone.NEUTRAL
    realm_of(root)
    return Tone.COOPERATION if root in _COOPERATIVE_ROOTS else Tone.CONFLICT


def quad_class(realm: Realm, tone: Tone) -> QuadClass | None:
    """Return the quad class of a realm and a tone.

    Args:
        realm: `say` or `do`.
        tone: `coop`, `conf` or `neutral`.

    Returns:
        None for a neutral tone.

    Examples:
        >>> quad_class(Realm.DO, Tone.CONFLICT).value
        'material_conflict'
    """
    if tone is Tone.NEUTRAL:
        return None
    kind = "verbal" if realm is Realm.SAY else "material"
    mood = "cooperation" if tone is Tone.COOPERATION else "conflict"
    return QuadClass(f"{kind}_{mood}")
