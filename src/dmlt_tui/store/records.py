"""The records of one notebook as TinyDB keeps them, over a Storage that never touches the disk by itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import msgspec
from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Table

from dmlt_tui.meeting.model import Notebook
from dmlt_tui.notes.text import clean
from dmlt_tui.store.codec import HEAD, TABLES, Memo, MisfitError, Plain, checked, from_plain, head, to_plain

Documents = dict[str, Mapping[str, Any]]

# Where a document stands in what is spelled of a table without a name that holds it alone.
_BEFORE, _BEHIND = len(b'{\n "": {\n'), -len(b"\n }\n}")


class NotebookStorage(Storage):
    """Holds the tables in memory and spells them as JSON when a save asks for it.

    TinyDB's own JSONStorage overwrites the file in place, so that a half write can't be opened again.
    """

    def __init__(self) -> None:
        self._tables: dict[str, Documents] = {}
        self._spelled: dict[str, _Spelled] = {}

    def read(self) -> dict[str, Documents]:
        """Return the tables, themselves, not a copy."""
        return self._tables

    def write(self, data: dict[str, Documents]) -> None:
        """Keep these tables from now on."""
        self._tables = data

    def to_json(self) -> list[bytes]:
        """Spell all tables as UTF-8 JSON, indented by one blank, in pieces; only documents that are new are spelled."""
        pieces: list[bytes] = []
        start = b"{\n"
        for name in (HEAD, *TABLES):
            table, known = self._tables.get(name, {}), self._spelled.get(name)
            if known is None or known.table is not table:
                known = self._spelled[name] = _spelled_anew(table, known.texts if known else {})
            pieces += (b'%b "%b": {' % (start, name.encode()), *known.pieces)
            start = b",\n"
        return [*pieces, b"\n}\n"]


class _Spelled(NamedTuple):
    """A table and its JSON in pieces, with the text of each document by its key."""

    table: Documents
    texts: dict[str, tuple[object, bytes]]
    pieces: list[bytes]


def _spelled_anew(table: Documents, old: dict[str, tuple[object, bytes]]) -> _Spelled:
    texts: dict[str, tuple[object, bytes]] = {}
    pieces: list[bytes] = []
    start, end = b"\n", b"}"
    for key, document in table.items():
        known, text = old.get(key, (None, b""))
        if known is not document:
            text = _spell({"": {key: document}})[_BEFORE:_BEHIND]  # at the depth it has in the file
        texts[key] = (document, text)
        pieces += (start, text)
        start, end = b",\n", b"\n }"
    return _Spelled(table, texts, [*pieces, end])


class RecordTable(Table):
    """A table whose documents stand under their own ids, in an order of their own."""

    document_id_class = str  # type: ignore[assignment]  # tinydb's documented way; its annotation knows int alone

    def documents(self) -> Documents:
        """Return the documents by id, in order."""
        return self._read_table()

    def put(self, documents: Documents) -> None:
        """Make these the documents of the table, in this order."""

        def replace(table: dict[Any, Any]) -> None:
            table.clear()
            table.update(documents)

        self._update_table(replace)


class NotebookDatabase(TinyDB):
    """A TinyDB of RecordTables."""

    table_class = RecordTable


class Records:
    """One notebook in TinyDB: `value` is what the tables hold. For one thread at a time."""

    def __init__(self) -> None:
        self.value = Notebook()
        self._storage = NotebookStorage()
        self._memo = Memo()
        self._database = NotebookDatabase(storage=lambda: self._storage)
        self._table(HEAD).put({HEAD: head()})

    def load(self, tree: object) -> Notebook:
        """Take over what a file held; raises MisfitError and changes nothing when that is no notebook.

        Records the tables hold already stay the same objects, so that comparing with them costs nothing.
        """
        tables = checked(tree)
        documents: dict[str, Documents] = {}
        records: dict[str, tuple[Any, ...]] = {}
        for name in TABLES:
            known, held = self._known(name), self._table(name).documents()
            plain: Mapping[str, Plain] = tables.get(name, {})
            same = {key for key, document in plain.items() if key in known and held[key] == document}
            documents[name] = {key: held[key] if key in same else document for key, document in plain.items()}
            records[name] = tuple(
                known[key] if key in same else from_plain(name, key, document) for key, document in plain.items()
            )
            if len({record.id for record in records[name]}) != len(records[name]):
                raise MisfitError("two keys differ only in signs that can't be seen", name)
        for name in TABLES:
            self._table(name).put(documents[name])
        self.value = Notebook(**records)
        return self.value

    def put(self, value: Notebook) -> None:
        """Make the tables hold this value; only records that are other objects than before are turned into plain."""
        documents: dict[str, Documents] = {}
        for name in TABLES:
            entries: tuple[Any, ...] = getattr(value, name)
            if entries is not getattr(self.value, name):
                known, held = self._known(name), self._table(name).documents()
                documents[name] = {
                    key: held[key] if known.get(key) is entry else to_plain(entry, self._memo)
                    for key, entry in _by_id(entries).items()
                }
        self._memo.forget_unused()
        for name, changed in documents.items():
            self._table(name).put(changed)
        self.value = value

    def to_json(self) -> list[bytes]:
        """Spell the file, in pieces."""
        return self._storage.to_json()

    def _known(self, name: str) -> dict[str, Any]:
        return _by_id(getattr(self.value, name))

    def _table(self, name: str) -> RecordTable:
        table = self._database.table(name)
        assert isinstance(table, RecordTable)
        return table


def _by_id(records: tuple[Any, ...]) -> dict[str, Any]:
    return {record.id: record for record in records}


def _spell(node: object) -> bytes:
    try:
        text = msgspec.json.encode(node)
    except UnicodeEncodeError:  # half a surrogate pair: better one sign replaced than a file that can't be saved
        text = msgspec.json.encode(_cleaned(node))
    return msgspec.json.format(text, indent=1)


def _cleaned(node: object) -> object:
    match node:
        case str():
            return clean(node)
        case dict():
            return {_cleaned(key): _cleaned(value) for key, value in node.items()}
        case list():
            return [_cleaned(value) for value in node]
        case _:
            return node
