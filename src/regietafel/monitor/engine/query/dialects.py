"""The ways of writing that can be read, as data: one reader serves them all."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from regietafel.monitor.engine.query.documents import (
    DOMAIN,
    KIND,
    LABEL,
    LANGUAGE,
    PLACE,
    SOURCE,
    TEXT,
    TITLE,
    URL,
    ZONES,
)

NEARNESS = re.compile(r"(O?NEAR|NABIJ|NAAST)(?:/?(\d+))?")
LIKE_NEARNESS = re.compile(r"(?:O?NEAR|NABIJ|NAAST)[/:~_-].*|O?NEAR\d.*|(?:W|PRE)/\d+")
SINCE, UNTIL, DAY = "sinds", "tot", "dag"

_ENGLISH = MappingProxyType({"AND": "AND", "OR": "OR", "NOT": "NOT", "NEAR": "NEAR", "ONEAR": "ONEAR"})
_DUTCH = MappingProxyType({"EN": "AND", "OF": "OR", "NIET": "NOT", "NABIJ": "NEAR", "NAAST": "ONEAR"})
_OWN_FIELDS = MappingProxyType({zone: zone for zone in (*ZONES, SINCE, UNTIL)})

FOREIGN_FIELDS = MappingProxyType(
    {
        "title": TITLE, "headline": TITLE, "kop": TITLE, "intitle": TITLE,
        "text": TEXT, "body": TEXT, "content": TEXT, "message": TEXT, "inhoud": TEXT, "ingress": TEXT,
        "source": SOURCE, "medium": SOURCE, "publisher": SOURCE,
        "domain": DOMAIN, "host": DOMAIN, "site": DOMAIN, "website": DOMAIN,
        "lang": LANGUAGE, "language": LANGUAGE,
        "place": PLACE, "location": PLACE, "city": PLACE, "locatie": PLACE, "gemeente": PLACE,
        "tag": LABEL, "tags": LABEL, "category": LABEL, "categorie": LABEL, "labels": LABEL,
        "link": URL, "inurl": URL,
        "type": KIND, "kind": KIND, "doc_type": KIND,
        "date": DAY, "datum": DAY, "published": DAY, "published_at": DAY, "created_at": DAY,
        "since": SINCE, "vanaf": SINCE,  # until and before differ per program about their own day
    }
)  # fmt: skip
AUTHOR_FIELDS = frozenset(
    "auteur author authors byline from van account user username gebruiker handle schrijver".split()
)


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a question may be written; ``label`` is the Dutch name a person chooses by.

    ``operators`` gives what each word in capitals means. ``joins_with`` is what stands between words side by
    side. A greedy NOT excludes all that follows in its group. With clauses, ``+`` and ``-`` (and NOT) speak
    about their whole group.
    """

    name: str
    label: str
    operators: Mapping[str, str]
    fields: Mapping[str, str]
    joins_with: str = "AND"
    is_not_greedy: bool = False
    is_case_free: bool = False
    has_clauses: bool = False
    ignores_boosts: bool = False


DIALECTS: Mapping[str, Dialect] = MappingProxyType(
    {
        dialect.name: dialect
        for dialect in (
            Dialect("regietafel", "Regietafel", _ENGLISH | _DUTCH, _OWN_FIELDS),
            Dialect("obi", "OBI4wan / Spotler", _ENGLISH, FOREIGN_FIELDS | _OWN_FIELDS, is_not_greedy=True),
            Dialect(
                "lucene",
                "Lucene / Elasticsearch",
                _ENGLISH | {"&&": "AND", "||": "OR"},
                FOREIGN_FIELDS | _OWN_FIELDS,
                joins_with="OR",
                has_clauses=True,
                ignores_boosts=True,
            ),
            Dialect(
                "meltwater",
                "Meltwater",
                _ENGLISH,
                FOREIGN_FIELDS | _OWN_FIELDS,
                is_case_free=True,
                ignores_boosts=True,
            ),
        )
    }
)
DEFAULT = DIALECTS["regietafel"]
