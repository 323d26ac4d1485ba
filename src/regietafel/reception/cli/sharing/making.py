"""From a file with figures to a division with everything that must be told of it."""

import argparse
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from regietafel.reception.adapters.municipality_files import MunicipalityFile, read_municipalities
from regietafel.reception.cli.sharing.reading import (
    SCORE,
    refuse_errors,
    required,
    shared_day,
    shared_source,
    unit_of,
)
from regietafel.reception.engine.sharing import (
    DISPERSAL,
    METHODS,
    SMALLEST_SPECIAL,
    Caution,
    Division,
    Gap,
    Key,
    Origin,
    ProvinceTask,
    Sharer,
    agreed_key,
    cautions,
    dispersal_key,
    disperse,
    divide,
    gaps,
    key_of,
    provinces,
    too_small,
)

_PROVINCE, _PEOPLE = "provincie", "inwoners"
Counts = Mapping[str, int | None]


@dataclass(frozen=True, kw_only=True)
class Made:
    """A division, what other methods give beside it, and what else the file told about the municipalities."""

    division: Division
    key: Key
    others: Mapping[str, Division]
    cautions: tuple[Caution, ...]
    durable: Counts | None = None
    most: Counts | None = None
    gaps: Mapping[str, Gap] | None = None
    minors: Division | None = None
    provinces: tuple[ProvinceTask, ...] = ()
    minimum: int = 0
    without: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class _Given:
    """What the file holds beside the key."""

    durable: Counts | None
    most: Counts | None
    realised: Counts | None
    provinces: Mapping[str, str] = field(default_factory=dict)


def make(options: argparse.Namespace) -> Made:
    """Read the file and divide; every row that cannot be used is named at once."""
    file = read_municipalities(Path(options.sleutel), without=options.zonder)
    key = _LateKey(file, options)
    given = _Given(
        durable=_known(file, options.duurzaam),
        most=file.places(options.capaciteit) if options.capaciteit else None,
        realised=file.places(options.gerealiseerd) if options.gerealiseerd else None,
        provinces=file.texts(_PROVINCE) if file.has(_PROVINCE) else {},
    )
    refuse_errors(file, options.sleutel)
    return _divided(key(), given, options=options)


def _known(file: MunicipalityFile, column: str | None) -> Counts | None:
    """Read places that count; one that is unknown would count as 0, and is an error."""
    if column is None:
        return None
    found = file.places(column)
    for name in found:
        if found[name] is None:
            file.fault(
                name, column, message=f"Van {name} is dit niet bekend. Vul het in; schrijf 0 als er niets is."
            )
    return found


class _LateKey:
    """A key whose columns are read; it is made when the errors of all columns have been told."""

    def __init__(self, file: MunicipalityFile, options: argparse.Namespace) -> None:
        self._by_law = _is_dispersal(file, options)
        self._percentages = options.percentages
        people = options.kolom if options.kolom != DISPERSAL else _PEOPLE
        self._column = people if self._by_law else options.kolom
        self._figures = required(file, self._column, whole=self._by_law or bool(unit_of(self._column)))
        self._scores = required(file, SCORE) if self._by_law else {}
        self._origin = _origin(file, options)

    def __call__(self) -> Key:
        if self._by_law:
            return dispersal_key(self._figures, self._scores, origin=self._origin)
        if self._percentages:
            return agreed_key(self._figures, origin=self._origin)
        return key_of(self._figures, origin=self._origin)


def _is_dispersal(file: MunicipalityFile, options: argparse.Namespace) -> bool:
    return options.methode == DISPERSAL or (options.kolom == DISPERSAL and not file.has(DISPERSAL))


def _origin(file: MunicipalityFile, options: argparse.Namespace) -> Origin:
    return Origin(
        name=options.kolom,
        unit="%" if options.percentages else unit_of(options.kolom) or "gewicht",
        source=options.bron or shared_source(file),
        reference_on=options.peildatum or shared_day(file),
    )


def _divided(key: Key, given: _Given, *, options: argparse.Namespace) -> Made:
    by_law = options.methode == DISPERSAL
    sharers = _sharers(key, given, minimum=options.minimum, counts_durable=not by_law)
    division = (
        disperse(options.totaal, key) if by_law else divide(options.totaal, sharers, method=options.methode)
    )
    names = [method for method in METHODS if method != options.methode]
    others = {method: divide(options.totaal, sharers, method=method) for method in names}
    if by_law:
        del others["afronden"]  # the same formula
    minors = None if options.amv is None else disperse(options.amv, key)
    realised = given.realised
    return Made(
        division=division,
        key=key,
        others=others,
        cautions=(
            *_of_key(key),
            *cautions(division, sharers),
            *_of_size(division, by_law=by_law),
            *_of_minors(minors),
        ),
        durable=given.durable,
        most=given.most,
        gaps=None if realised is None else {each.name: each for each in gaps(division.places, realised)},
        minors=minors,
        provinces=provinces(division, given.provinces, durable=given.durable) if by_law else (),
        minimum=options.minimum,
        without=options.zonder,
    )


def _sharers(key: Key, given: _Given, *, minimum: int, counts_durable: bool) -> tuple[Sharer, ...]:
    durable = (given.durable if counts_durable else None) or {}
    most = given.most or {}
    return tuple(
        Sharer(name=name, weight=weight, least=max(minimum, durable.get(name) or 0), most=most.get(name))
        for name, weight in key.weights.items()
    )


def _of_key(key: Key) -> tuple[Caution, ...]:
    found = []
    if key.origin.source is None:
        found.append("De bron van de sleutel is onbekend. Noem haar met --bron of in een kolom bron.")
    if key.origin.reference_on is None:
        found.append("De peildatum van de sleutel is onbekend. Noem haar met --peildatum of in een kolom.")
    if key.rest:
        found.append(
            "De percentages zijn door afronden niet precies 100; het verschil is naar verhouding verdeeld."
        )
    return tuple(Caution(kind="sleutel", names=(), message=message) for message in found)


def _of_size(division: Division, *, by_law: bool) -> tuple[Caution, ...]:
    names = too_small(division) if by_law else ()
    if not names:
        return ()
    message = (
        f"Minder dan 100 plaatsen: {', '.join(names)}. Een gewone voorziening telt minstens 100 plaatsen en "
        "een bijzondere 16, eventueel verspreid binnen de gemeente. Het aandeel zelf verandert niet."
    )
    return (Caution(kind="kleinste voorziening", names=names, message=message),)


def _of_minors(minors: Division | None) -> tuple[Caution, ...]:
    """Hold places for unaccompanied minors, which are special ones, against their own smallest facility."""
    names = () if minors is None else too_small(minors, smallest=SMALLEST_SPECIAL)
    if not names:
        return ()
    message = (
        f"Minder dan {SMALLEST_SPECIAL} plaatsen voor amv: {', '.join(names)}. Een bijzondere voorziening "
        f"telt er minstens {SMALLEST_SPECIAL}, eventueel verspreid binnen de gemeente. Het aandeel zelf "
        "verandert niet."
    )
    return (Caution(kind="kleinste voorziening voor amv", names=names, message=message),)
