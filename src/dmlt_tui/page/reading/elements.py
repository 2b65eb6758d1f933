"""Elements of XML and HTML as plain values, made without recursion, so that no depth of nesting can stop the reader."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.entities import name2codepoint
from typing import Any

from dmlt_tui.notes.text import clean
from dmlt_tui.page.reading.errors import ReadError, check_length
from dmlt_tui.page.words import printable


@dataclass(slots=True)
class Element:
    """An element: its tag ("td", "ac:task"), its attributes, and text and elements in it, in order."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)

    def get(self, name: str) -> str:
        """The value of an attribute, empty where there is none."""
        return self.attributes.get(name, "")

    def has_class(self, name: str) -> bool:
        """Whether it has this class."""
        return name in self.get("class").split()

    @property
    def elements(self) -> Iterator[Element]:
        """The elements directly in it."""
        return (child for child in self.children if isinstance(child, Element))

    def child(self, tag: str) -> Element | None:
        """The first element directly in it with this tag."""
        return next((child for child in self.elements if child.tag == tag), None)

    def walk(self) -> Iterator[Element]:
        """The element and all in it, in order."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting += reversed(list(element.elements))

    @property
    def text(self) -> str:
        """All text in it, parameters of macros left out, as one line."""
        parts: list[str] = []
        waiting: list[Element | str] = [self]
        while waiting:
            node = waiting.pop()
            if isinstance(node, str):
                parts.append(node)
            elif node.tag not in _UNSEEN:
                waiting += reversed(node.children)
                parts.append(" ")
                if node.tag in _APART:
                    waiting.append(" ")
        return " ".join("".join(parts).split())


_UNSEEN = frozenset(("ac:parameter", "ac:task-id", "ac:task-uuid", "ac:task-status", "script", "style", "template"))
_APART = frozenset(("p", "li", "td", "th", "tr", "br", "div"))
_NAMESPACES = {
    "http://atlassian.com/content": "ac",
    "http://atlassian.com/resource/identifier": "ri",
    "http://atlassian.com/template": "at",
    "http://atlassian.com/fabric": "fab",
}
_DECLARED = " ".join(f'xmlns:{prefix}="{address}"' for address, prefix in _NAMESPACES.items())
_CDATA_OR_ENTITY = re.compile(r"<!\[CDATA\[.*?\]\]>|&([A-Za-z][A-Za-z0-9]*);", re.DOTALL)
_CDATA = re.compile(r"<!\[CDATA\[.*?\]\]>", re.DOTALL)
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_WHOLE = "dmlt-whole-page"  # the element around the page, which has no single one of its own
_NEVER_CLOSED = re.compile(
    rf"(?:tag mismatch:|end of data in tag) (?P<tag>\S+) line (?P<line>\d+)(?! and (?!{_WHOLE}\b))"
)
_CROSSED = re.compile(r"tag mismatch: (?P<tag>\S+) line (?P<line>\d+) and (?P<other>[^\s,]+)")
_XML_NAMES = ("amp", "lt", "gt", "quot", "apos")


def parse_storage(text: str) -> Element:
    """The elements of a page in storage format. Nothing is fetched, and no entity but those of XHTML 1.0 is known.

    Raises ReadError for what is no XML, declares entities of its own, or is too long or too deep.
    """
    from lxml import etree

    check_length(text)
    source = _DECLARATION.sub("", printable(text).lstrip("\ufeff"), count=1)
    declared = re.search(r"<!(?:DOCTYPE|ENTITY)", _CDATA.sub("", source), re.IGNORECASE)
    if declared:
        raise ReadError(f"the page declares {declared[0][2:]}: a wiki page holds no such thing, so it is not read")
    source = _CDATA_OR_ENTITY.sub(_known_entity, source)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    before = f"<{_WHOLE} {_DECLARED}>"
    try:
        root = etree.fromstring(f"{before}{source}</{_WHOLE}>".encode(), parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        raise ReadError(_complaint(str(error), source, line, column - len(before) * (line == 1))) from error
    return _tree(root, list, _xml_element, lambda node: clean(node.text or ""), lambda node: clean(node.tail or ""))


def _complaint(said: str, source: str, line: int, column: int) -> str:
    """What the parser said of a page, as one line that names nothing but what is in the page."""
    lines = source.rstrip().split("\n")
    if line > len(lines):
        line, column = len(lines), len(lines[-1]) + 1
    column = min(max(column, 1), len(lines[line - 1]) + 1)
    never_closed = _NEVER_CLOSED.search(said)
    if never_closed:
        return f"line {never_closed['line']}: <{never_closed['tag']}> is never closed"
    crossed = _CROSSED.search(said)
    if crossed and crossed["tag"] == _WHOLE:
        what = f"</{crossed['other']}> closes nothing"
    elif crossed:
        what = f"</{crossed['other']}> stands where <{crossed['tag']}> of line {crossed['line']} must be closed"
    elif "Excessive depth" in said:
        what = "it is nested more than 256 deep"
    else:
        what = said.split("\n")[0].split(", line")[0]
    return f"line {line}, column {column}: {what}"


def _known_entity(match: re.Match[str]) -> str:
    name = match[1]
    if not name or name in _XML_NAMES:
        return match[0]
    return f"&#{name2codepoint[name]};" if name in name2codepoint else f"&amp;{name};"


def _xml_element(node: Any) -> Element:
    return Element(_name(node.tag), {_name(key): clean(value) for key, value in node.attrib.items()})


def _name(qualified: str) -> str:
    address, _, local = qualified.rpartition("}")
    prefix = _NAMESPACES.get(address[1:], "")
    return f"{prefix}:{local}" if prefix else local.lower()


def parse_html(text: str) -> Element:
    """The elements of a page of HTML, whatever is wrong with it. Raises ReadError for one that is too long."""
    from bs4 import BeautifulSoup
    from bs4.element import CData, NavigableString, PreformattedString, Tag

    check_length(text)
    # In a single line without a tag, Beautiful Soup sees the name of a file or an address, and warns; no page is one.
    soup = BeautifulSoup(printable(text) + "\n", "html.parser")

    def children(node: Any) -> list[Any]:
        kept = (Tag, NavigableString)
        return [
            child
            for child in node.children
            if isinstance(child, kept) and (not isinstance(child, PreformattedString) or isinstance(child, CData))
        ]

    def element(node: Any) -> Element | str:
        if isinstance(node, NavigableString):
            return clean(str(node))
        values = {name: " ".join(value) if isinstance(value, list) else value for name, value in node.attrs.items()}
        return Element(node.name.lower(), {name: clean(value or "") for name, value in values.items()})

    return _tree(soup, children, element, lambda _node: "", lambda _node: "")


def _tree(
    root: Any,
    children: Callable[[Any], list[Any]],
    make: Callable[[Any], Element | str],
    text: Callable[[Any], str],
    tail: Callable[[Any], str],
) -> Element:
    top = Element("page")
    waiting = [(root, top)]
    while waiting:
        node, into = waiting.pop()
        into.children += [text(node)] if text(node) else []
        for child in children(node):
            made = make(child)
            into.children.append(made)
            if isinstance(made, Element):
                waiting.append((child, made))
            into.children += [tail(child)] if tail(child) else []
    return top
