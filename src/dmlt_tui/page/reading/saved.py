"""Where the page itself is in a saved or exported file of HTML, and what it is called."""

from __future__ import annotations

from dmlt_tui.page.reading.elements import Element

_BODIES = ("main-content", "page", "content")
_AROUND = (
    "breadcrumb-section",
    "page-metadata",
    "footer",
    "comments-section",
    "likes-and-labels-container",
    "title-heading",
)


def body(page: Element) -> Element:
    """The element that holds the page: the wiki's own, else <main>, else <body>, else all."""
    found: dict[str, Element] = {}
    for element in page.walk():
        for name in (element.get("id"), element.tag, *element.get("class").split()):
            found.setdefault(name, element)
    for name in (*_BODIES, "wiki-content", "ak-renderer-document", "main", "article", "body"):
        if name in found:
            return _without_surroundings(found[name])
    return page


def _without_surroundings(element: Element) -> Element:
    for inner in element.walk():
        inner.children = [child for child in inner.children if isinstance(child, str) or child.get("id") not in _AROUND]
    return element


def title(page: Element) -> str:
    """What the page is called: its own heading, else the title of the file without the name of its space."""
    named = ""
    for element in page.walk():
        if element.get("id") in ("title-text", "title-heading") and element.tag == "h1":
            named = element.text
            break
        if element.tag == "title" and not named:
            named = element.text
    space, colon, rest = named.partition(" : ")
    return rest if colon and rest else space
