"""Faults of form, found by the schema, in the words of a scenario's author.

`problems` turns pydantic's errors into lines `file:line:column: path ... . mend`, one a fault: the
tags of unions are taken out of the path, a misspelt key and the key that is missing for it make one
line, and the message says what would be right there.
"""

from __future__ import annotations

import difflib
import types
import typing
from collections.abc import Callable
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel, Tag, ValidationError
from pydantic_core import ErrorDetails

from zopa.core.errors import Problem
from zopa.scenario.document import Document, Path

NUMBER_MEND = ("Give a number, e.g. 0.4, or {value: 0.4, unit: share, source: {judgement: why}}; "
               "for an uncertain one range, normal, beta, triangular or lognormal.")
FORMS_MEND = ("The forms are range [low, high], normal [mean, sd], beta [a, b], "
              "triangular [low, mode, high], lognormal [median, sigma], "
              "quantiles [least, 5 %, 25 %, 50 %, 75 %, 95 %, greatest], within [low, high].")
Words = Callable[[ErrorDetails], tuple[str, str]]


def problems(error: ValidationError, document: Document, root: type[BaseModel]) -> list[Problem]:
    """One problem a fault, in the order of the file."""
    details = error.errors(include_url=False)
    explained = _misspelt(details, root)
    found: dict[tuple[Path, str], Problem] = {}
    for detail in details:
        loc, path = detail["loc"], plain_path(detail["loc"])
        if detail["type"] == "missing" and loc in explained:
            continue
        if detail["type"] == "missing" and isinstance(path[-1], int):
            path = path[:-1]  # of a list that is too short, one fault
        what, mend = _words(detail, root)
        found.setdefault((path, what), Problem(document.where(path), what, mend))
    return sorted(found.values(), key=_place)


def plain_path(loc: tuple[str | int, ...]) -> Path:
    """A location without the tags of unions and the marks of keys."""
    return tuple(part for part in loc if not _is_tag(part) and part != "[key]")


def _is_tag(part: str | int) -> bool:
    return isinstance(part, str) and part.startswith("<") and part.endswith(">")


def dotted(path: Path) -> str:
    """The path as it is written in messages."""
    return ".".join(map(str, path)) or "the file"


def _place(problem: Problem) -> tuple[int, int]:
    _, line, column = problem.where.rsplit(":", 2)
    return int(line), int(column)


def _misspelt(details: list[ErrorDetails], root: type[BaseModel]) -> set[tuple[str | int, ...]]:
    """Missing keys for which an unknown key beside them is the likely spelling."""
    missing = {d["loc"] for d in details if d["type"] == "missing"}
    explained = set()
    for detail in details:
        if detail["type"] == "extra_forbidden":
            parent, name = detail["loc"][:-1], str(detail["loc"][-1])
            near = difflib.get_close_matches(name, _keys_at(root, parent), n=1)
            if near and (*parent, near[0]) in missing:
                explained.add((*parent, near[0]))
    return explained


def _words(detail: ErrorDetails, root: type[BaseModel]) -> tuple[str, str]:
    """What is wrong and how to mend it."""
    kind, loc = detail["type"], detail["loc"]
    path = plain_path(loc)
    name = dotted(path)
    given = detail["input"]
    if kind == "extra_forbidden":
        return _unknown(name, loc, given, root)
    if kind == "missing" and isinstance(path[-1], int):
        return f"{dotted(path[:-1])} has too few numbers", FORMS_MEND
    if kind == "missing":
        about = _description(root, loc)
        return (f"{dotted(path[:-1])} lacks the key '{path[-1]}'",
                f"Add `{path[-1]}:`{f' ({about})' if about else ''}.")
    if given is None and kind not in ("number_form", "number_empty"):
        return f"{name} has no value", "Give one, or remove the line."
    if "<number>" in loc[-1:] or "<plain>" in loc[-1:]:
        if kind not in ("number_form", "number_within", "number_posterior", "number_empty",
                        "finite_number"):
            return f"{name} must be a number, but is {_shown(given)}", NUMBER_MEND
    rule = RULES.get(kind)
    if rule is not None:
        said, mend = rule(detail)
        return f"{name} {said}", mend
    return f"{name}: {_lower(detail['msg'])}", ""


def _unknown(name: str, loc: tuple[str | int, ...], given: Any,
             root: type[BaseModel]) -> tuple[str, str]:
    keys = _keys_at(root, loc[:-1])
    key = str(loc[-1])
    near = difflib.get_close_matches(key, keys, n=1)
    if near:
        return f"{name} is not a known key", f"Did you mean '{near[0]}'?"
    if given is None and " " in key:
        return (f"{name} is not a known key",
                "A text with a comma inside { } needs quotes; is this the rest of one?")
    return f"{name} is not a known key", f"Known here: {', '.join(keys)}."


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, bool):
        return "true" if value else "false"
    text = " ".join(str(value).split())
    if len(text) > 60:
        text = f"{text[:56]}..."
    return f"'{text}'" if isinstance(value, str) else text


def _lower(message: str) -> str:
    return message[:1].lower() + message[1:]


def _limit(words: str, key: str, mend: str) -> Words:
    return lambda d: (f"must be {words} {d['ctx'][key]}, but is {_shown(d['input'])}", mend)


def _kind(words: str, mend: str) -> Words:
    return lambda d: (f"must be {words}, but is {_shown(d['input'])}", mend)


def _said(mend: str) -> Words:
    return lambda d: (d["msg"], mend)


TEXT = _kind("text", "Put it in quotes.")
MAPPING = _kind("a mapping, `key: value` lines", "Indent the keys below it.")
LIST = _kind("a list", "Write [a, b], or one '- ' line an item.")
WHOLE = _kind("a whole number", "Give one, e.g. 12.")
NUMERIC = _kind("a number", "Give one, e.g. 0.4.")
FLAG = _kind("true or false", "Write one of them.")
DATE = _kind("a date", "Write it as 2025-05-31.")
RULES: dict[str, Words] = {
    "string_type": TEXT, "model_type": MAPPING, "model_attributes_type": MAPPING,
    "dict_type": MAPPING, "tuple_type": LIST, "int_type": WHOLE, "int_parsing": WHOLE,
    "int_from_float": WHOLE, "float_type": NUMERIC, "float_parsing": NUMERIC, "bool_type": FLAG,
    "bool_parsing": FLAG, "date_from_datetime_parsing": DATE, "date_parsing": DATE,
    "date_type": DATE, "date_from_datetime_inexact": DATE,
    "written_date": _kind("a date", "Write it as 2025-05-31."),
    "finite_number": _kind("a finite number", "Give a number."),
    "greater_than": _limit("greater than", "gt", "Change it."),
    "greater_than_equal": _limit("at least", "ge", "Change it."),
    "less_than": _limit("less than", "lt", "Change it."),
    "less_than_equal": _limit("at most", "le", "Change it."),
    "literal_error": lambda d: (
        f"must be one of {d['ctx']['expected'].replace(' or ', ', ')}, but is "
        f"{_shown(d['input'])}", _near_literal(d)),
    "string_too_short": lambda d: (
        f"must have at least {d['ctx']['min_length']} characters, but is {_shown(d['input'])}",
        "Say why in a sentence."),
    "too_short": lambda d: (
        f"must have at least {d['ctx']['min_length']} entries, but has "
        f"{d['ctx']['actual_length']}", "Add what is missing."),
    "too_long": lambda d: (
        f"must have {d['ctx']['max_length']} entries, but has {d['ctx']['actual_length']}",
        FORMS_MEND),
    "number_form": _said("A known value is `value:`, an interval `range: [low, high]`."),
    "number_within": _said("Remove `within`."),
    "number_posterior": _said("Write what `zopa calibrate` writes, or remove `posterior`."),
    "number_empty": _said(""),
    "union_tag_not_found": _kind("{cite: KEY}, {judgement: why} or {calibrated: how}",
                                 "Write one of them."),
    "lever_operation": _said("Write one change an operation."),
}


def _near_literal(detail: ErrorDetails) -> str:
    words = [w.strip("'") for w in detail["ctx"]["expected"].replace(" or ", ", ").split(", ")]
    near = difflib.get_close_matches(str(detail["input"]), words, n=1)
    return f"Did you mean '{near[0]}'?" if near else "Choose one."


def _keys_at(root: type[BaseModel], loc: tuple[str | int, ...]) -> list[str]:
    model = _type_at(root, loc)
    return list(model.model_fields) if _is_model(model) else []


def _description(root: type[BaseModel], loc: tuple[str | int, ...]) -> str:
    model = _type_at(root, loc[:-1])
    if not _is_model(model):
        return ""
    field = model.model_fields.get(str(loc[-1]))
    text = (field.description or "") if field is not None else ""
    return text.rstrip(".").split(". ")[0]


def _type_at(annotation: Any, loc: tuple[str | int, ...]) -> Any:
    """The model at a location, the tags of unions included in it."""
    if not loc:
        return _bare(annotation)
    part, rest = loc[0], loc[1:]
    if _is_tag(part):
        return _type_at(_tagged(annotation, str(part)), rest)
    bare = _bare(annotation)
    if _is_model(bare):
        field = bare.model_fields.get(str(part))
        if field is None:
            return None
        return _type_at(Annotated[field.annotation, *field.metadata] if field.metadata
                        else field.annotation, rest)
    args = get_args(bare)
    if get_origin(bare) is dict:
        return _type_at(args[1], rest)
    if get_origin(bare) is tuple:
        return _type_at(args[0] if args[-1] is Ellipsis or not isinstance(part, int)
                        else args[part], rest)
    return None


def _bare(annotation: Any) -> Any:
    """Without `Annotated` and without `| None`."""
    while get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    if get_origin(annotation) in (types.UnionType, typing.Union):
        inner = [a for a in get_args(annotation) if a is not type(None)]
        if len(inner) == 1:
            return _bare(inner[0])
    return annotation


def _tagged(annotation: Any, tag: str) -> Any:
    """The member of a tagged union that carries the tag."""
    if get_origin(annotation) is Annotated:
        member, *metadata = get_args(annotation)
        if any(isinstance(m, Tag) and m.tag == tag for m in metadata):
            return member
        return _tagged(member, tag)
    for member in get_args(annotation):
        found = _tagged(member, tag)
        if found is not None:
            return found
    return None


def _is_model(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)
