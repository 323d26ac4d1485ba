"""The rules of the Dutch API Design Rules that a machine can check, on a description as plain data.

Follows the error rules of the published linter configuration (Logius, `media/linter.yaml`): each function
yields the places where its rule is broken, and `check` gives them all as `(rule, place)`.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

Document = dict[str, Any]
Found = tuple[str, str]
METHODS = {"get", "put", "post", "delete", "options", "head", "patch", "trace"}
KEBAB = re.compile(r"^(/|(/_[a-z0-9]+|/(([a-z0-9\-]+|{[^}]+})(/([a-z0-9\-.]+|{[^}]+}))*)(/_[a-z]+)?)/?)$")
CAMEL = re.compile(r"^\$?[a-z][a-z\d]*([A-Z][a-z\d]*)*$")
SEMVER = re.compile(
    r"^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)"
    r"(-((0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)(\.(0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*))*))?"
    r"(\+([0-9a-zA-Z-]+(\.[0-9a-zA-Z-]+)*))?$"
)
DATE_NAME = re.compile(r"((\w+D)|(_[dD]))((ate)|(atum))")
VERSION_HEADERS = {"API-Version", "Api-Version", "Api-version", "api-version", "API-version"}
PROBLEMS = {"application/problem+json", "application/problem+xml"}
MEMBERS = {"status", "title", "detail"}


def check(document: Document) -> list[Found]:
    """Return every rule that a description breaks, with the place."""
    whole = _resolved(document, document, {})
    return [(rule, place) for rule, finder in RULES.items() for place in finder(whole)]


def _resolved(node: Any, document: Document, known: dict[str, Any]) -> Any:
    """Replace every reference by what it refers to; the same reference gives the same object."""
    if isinstance(node, dict):
        target = node.get("$ref")
        if isinstance(target, str) and target.startswith("#/"):
            if target not in known:
                known[target] = {}
                known[target].update(_resolved(_follow(target, document), document, known))
            return known[target]
        return {key: _resolved(value, document, known) for key, value in node.items()}
    return [_resolved(one, document, known) for one in node] if isinstance(node, list) else node


def _follow(target: str, document: Document) -> Any:
    found: Any = document
    for step in target[2:].split("/"):
        found = found[step.replace("~1", "/").replace("~0", "~")]
    return found


def _walk(node: Any, path: str = "$", seen: set[int] | None = None) -> Iterator[tuple[str, str, Any]]:
    """Yield (path, key, value) for every key at any depth, each object once however often referred to."""
    seen = set() if seen is None else seen
    if id(node) in seen:
        return
    seen.add(id(node))
    pairs = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in pairs:
        yield f"{path}.{key}", str(key), value
        yield from _walk(value, f"{path}.{key}", seen)


def _operations(document: Document) -> Iterator[tuple[str, str, Any]]:
    for address, methods in (document.get("paths") or {}).items():
        for method, operation in methods.items():
            if method in METHODS:
                yield f"{address}.{method}", method, operation


def _answers(document: Document, pattern: str) -> Iterator[tuple[str, Any]]:
    for path, key, value in _walk(document):
        if key == "responses" and isinstance(value, dict):
            yield from ((f"{path}.{s}", a) for s, a in value.items() if re.search(pattern, str(s)))


def _properties(document: Document) -> Iterator[tuple[str, str, Any]]:
    for path, key, value in _walk(document):
        if key == "properties" and isinstance(value, dict):
            yield from ((f"{path}.{name}", name, shape) for name, shape in value.items())


def _version_is_three(document: Document) -> Iterator[str]:
    version = document.get("openapi")
    if version is not None and not re.fullmatch(r"3(.\d+){1,2}", str(version)):
        yield str(version)


def _has_openapi(document: Document) -> Iterator[str]:
    if not document.get("openapi"):
        yield "openapi"


def _has_servers(document: Document) -> Iterator[str]:
    if document.get("openapi") and not document.get("servers"):
        yield "servers"


def _unique_operations(document: Document) -> Iterator[str]:
    names = [
        operation["operationId"] for _p, _m, operation in _operations(document) if "operationId" in operation
    ]
    yield from sorted({name for name in names if names.count(name) > 1})


def _path_parameters(document: Document) -> Iterator[str]:
    for address, methods in (document.get("paths") or {}).items():
        needed = set(re.findall(r"{([^}]+)}", address))
        shared = {one["name"] for one in methods.get("parameters", ()) if one["in"] == "path"}
        for method in METHODS & methods.keys():
            own = {one["name"] for one in methods[method].get("parameters", ()) if one["in"] == "path"}
            if (own | shared) != needed:
                yield f"{address}.{method}"


def _unique_tags(document: Document) -> Iterator[str]:
    names = [tag["name"] for tag in document.get("tags", ())]
    yield from sorted({name for name in names if names.count(name) > 1})


def _no_trailing_slash(document: Document) -> Iterator[str]:
    yield from (
        address for address in document.get("paths") or {} if len(address) > 1 and address.endswith("/")
    )


def _version_header(document: Document) -> Iterator[str]:
    for path, answer in _answers(document, r"(2|3)\d\d"):
        headers = answer.get("headers")
        if headers is not None and not VERSION_HEADERS & headers.keys():
            yield path


def _headers(document: Document) -> Iterator[str]:
    yield from (path for path, answer in _answers(document, r"(2|3)\d\d") if not answer.get("headers"))


def _major_version(document: Document) -> Iterator[str]:
    yield from (
        s["url"] for s in document.get("servers") or () if not re.search(r"/v[\d+]", s.get("url", ""))
    )


def _contact(document: Document) -> Iterator[str]:
    if not document.get("info", {}).get("contact"):
        yield "info.contact"


def _contact_fields(document: Document) -> Iterator[str]:
    contact = document.get("info", {}).get("contact")
    if contact and not {"email", "name", "url"} <= contact.keys():
        yield "info.contact"


def _kebab(document: Document) -> Iterator[str]:
    for address in document.get("paths") or {}:
        if not re.search(r"/openapi\.(json)|(yaml)", address) and not KEBAB.match(address):
            yield address


def _camel_keys(document: Document) -> Iterator[str]:
    for path, _method, operation in _operations(document):
        for one in operation.get("parameters", ()):
            if one.get("in") == "query" and not CAMEL.match(one["name"]):
                yield f"{path}.{one['name']}"


def _problem_type(document: Document) -> Iterator[str]:
    for path, answer in _answers(document, r"(4|5)\d\d"):
        if "content" in answer and not PROBLEMS & answer["content"].keys():
            yield path


def _problem_members(document: Document) -> Iterator[str]:
    for path, answer in _answers(document, r"(4|5)\d\d"):
        for kind in PROBLEMS & answer.get("content", {}).keys():
            properties = answer["content"][kind].get("schema", {}).get("properties")
            if properties is not None and not properties.keys() >= MEMBERS:
                yield path


def _invalid_input(document: Document) -> Iterator[str]:
    for path, method, operation in _operations(document):
        takes = method in {"put", "post", "patch"} or (
            method in {"get", "delete"} and operation.get("parameters")
        )
        if takes and "responses" in operation and "400" not in operation["responses"]:
            yield path


def _zoned(document: Document) -> Iterator[str]:
    yield from (path for path, _n, shape in _properties(document) if _format(shape) == "date-time-local")


def _local_time(document: Document) -> Iterator[str]:
    yield from (path for path, _n, shape in _properties(document) if _format(shape) == "time")


def _is_date(name: str) -> bool:
    return name in {"date", "datum"} or bool(DATE_NAME.search(name))


def _date_has_format(document: Document) -> Iterator[str]:
    for path, name, shape in _properties(document):
        if _is_date(name) and isinstance(shape, dict):
            parts = shape.get("allOf", [{}])
            if "format" not in shape and not all("format" in part for part in parts):
                yield path


def _date_is_date(document: Document) -> Iterator[str]:
    reported = set()
    for path, name, shape in _properties(document):
        inner = [shape, *(value for _p, _k, value in _walk(shape))] if _is_date(name) else []
        for one in inner:
            if _format(one) == "date-time" and id(one) not in reported:
                reported.add(id(one))
                yield path


def _semver(document: Document) -> Iterator[str]:
    version = document.get("info", {}).get("version")
    if version is not None and not SEMVER.match(str(version)):
        yield str(version)


def _format(shape: Any) -> Any:
    return shape.get("format") if isinstance(shape, dict) else None


RULES: dict[str, Callable[[Document], Iterator[str]]] = {
    "nlgov:openapi3": _version_is_three,
    "nlgov:openapi-root-exists": _has_openapi,
    "oas3-api-servers": _has_servers,
    "operation-operationId-unique": _unique_operations,
    "path-params": _path_parameters,
    "openapi-tags-uniqueness": _unique_tags,
    "path-keys-no-trailing-slash": _no_trailing_slash,
    "nlgov:missing-version-header": _version_header,
    "nlgov:missing-header": _headers,
    "nlgov:include-major-version-in-uri": _major_version,
    "info-contact": _contact,
    "nlgov:info-contact-fields-exist": _contact_fields,
    "nlgov:paths-kebab-case": _kebab,
    "nlgov:query-keys-camel-case": _camel_keys,
    "nlgov:use-problem-schema": _problem_type,
    "nlgov:problem-schema-members": _problem_members,
    "nlgov:problem-invalid-input": _invalid_input,
    "nlgov:date-time-ensure-timezone": _zoned,
    "nlgov:time-without-timezone": _local_time,
    "nlgov:specify-format-for-date-and-time": _date_has_format,
    "nlgov:use-date-instead-of-datetime": _date_is_date,
    "nlgov:semver": _semver,
}
