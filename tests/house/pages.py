"""What users receive: templates and static files that obey the strict policy, in Dutch."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.house.source import ROOT, calls, last_name, modules, text_of

TAG = re.compile(r"</?[A-Za-z][^<>]*>", re.DOTALL)
DJANGO = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)
COMMENT = re.compile(r"\{%\s*comment.*?endcomment\s*%\}|<!--.*?-->|\{#.*?#\}", re.DOTALL)
INLINE = {
    "a style attribute": re.compile(r"\sstyle\s*=", re.IGNORECASE),
    "an event attribute": re.compile(r"\s(?:on[a-z]+|hx-on[:\w-]*)\s*=", re.IGNORECASE),
    "a javascript: address": re.compile(r"=\s*[\"']?\s*javascript:", re.IGNORECASE),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{[\w.!:]*\}")
STYLE_BLOCK = re.compile(r"<style\b", re.IGNORECASE)
SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script>", re.IGNORECASE | re.DOTALL)
LOADED = re.compile(
    r"(?:\b(?:src|srcset|poster|data|action|formaction|hx-get|hx-post|xlink:href)\s*=\s*[\"']?\s*(?:https?:)?//"
    r"|<link\b[^>]*href\s*=\s*[\"']?\s*(?:https?:)?//|url\(\s*[\"']?\s*(?:https?:)?//|@import\s+[\"'](?:https?:)?//"
    r"|\b(?:fetch|import|open)\(\s*[\"'`](?:https?:)?//|\bnew\s+(?:WebSocket|EventSource|Worker)\()",
    re.IGNORECASE,
)
ENGLISH = frozenset(
    "the and with your you please click here save cancel delete edit submit search next previous back "
    "settings password username new add remove view yes from this that are not has have been will would "
    "should could must errors warning loading about any show hide select choose enter required optional "
    "invalid failed success welcome logout signin user users files upload name created updated".split()
)
SHOWN_WORDS = frozenset({"verbose_name", "verbose_name_plural", "help_text", "label", "error_message"})


def strict_policy(src: Path) -> list[str]:
    """No template carries its own style or script: the content security policy would refuse it."""
    problems = []
    for path, text in _templates(src):
        for tag in TAG.finditer(DJANGO.sub("", text)):
            problems += [
                f"{path} has {what}: {tag[0][:60]}" for what, rule in INLINE.items() if rule.search(tag[0])
            ]
        if STYLE_BLOCK.search(text):
            problems.append(f"{path} has a style block")
        for attributes, body in SCRIPT.findall(text):
            if body.strip() and "application/json" not in attributes:
                problems.append(f"{path} has an inline script")
    return problems


def nothing_from_outside(src: Path) -> list[str]:
    """Pages load nothing from elsewhere: no request leaves the browser for another server."""
    own = [
        (path.relative_to(src / ROOT), path.read_text(encoding="utf-8", errors="replace"))
        for path in sorted((src / ROOT).rglob("static/**/*.*"))
        if path.suffix in {".css", ".js", ".html"} and "vendor" not in path.parts
    ]
    return [
        f"{path} loads from outside: {match[0]}"
        for path, text in [*_templates(src), *own]
        for match in LOADED.finditer(COMMENT.sub("", text))
    ]


def dutch_templates(src: Path) -> list[str]:
    """The words on a page are Dutch."""
    problems = []
    for path, text in _templates(src):
        if path.suffix not in {".html", ".txt"}:
            continue
        visible = TAG.sub(" ", DJANGO.sub(" ", SCRIPT.sub(" ", COMMENT.sub(" ", text))))
        problems += [f"{path} speaks English: {word}" for word in _english(visible)]
    return problems


def dutch_texts(src: Path) -> list[str]:
    """Texts for users are marked for translation and written in Dutch."""
    problems = []
    for module in modules(src):
        if module.is_migration:
            continue
        for call in calls(module):
            if last_name(call.func) in {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy"}:
                for text in filter(None, map(text_of, call.args[:2])):
                    problems += [f"{module.at(call)} speaks English: {word}" for word in _english(text)]
            if module.room in {"models", "forms", "views", "apps"}:
                problems += [
                    f"{module.at(word.value)} shows an unmarked text: {word.arg}" for word in _unmarked(call)
                ]
    return problems


def _unmarked(call: ast.Call) -> Iterator[ast.keyword]:
    return (word for word in call.keywords if word.arg in SHOWN_WORDS and text_of(word.value))


def _english(text: str) -> list[str]:
    return sorted(set(re.findall(r"[a-z]+", PLACEHOLDER.sub(" ", text).lower())) & ENGLISH)


def _templates(src: Path) -> Iterator[tuple[Path, str]]:
    for path in sorted((src / ROOT).rglob("templates/**/*.*")):
        if path.suffix in {".html", ".svg", ".txt", ".xml"}:
            yield path.relative_to(src / ROOT), path.read_text(encoding="utf-8")
