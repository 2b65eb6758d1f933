"""The records of one notebook as TinyDB keeps them, over a Storage that never touches the disk by itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Table

from dmlt_tui.meeting.model import Notebook
from dmlt_tui.store.codec import HEAD, TABLES, Plain, checked, from_plain, head, to_plain
from dmlt_tui.store.json_text import whole

Documents = dict[str, Mapping[str, Any]]


class NotebookStorage(Storage):
    """Holds the tables in memory and spells them as JSON when a save asks for it.

    TinyDB's own JSONStorage overwrites the file in place, so that a half write can't be opened again.
    """

    def __init__(self) -> None:
        self._tables: dict[str, Documents] = {}
        self._texts: dict[tuple[str, str], tuple[object, bytes]] = {}

    def read(self) -> dict[str, Documents]:
        """Return the tables, themselves, not a copy."""
        return self._tables

    def write(self, data: dict[str, Documents]) -> None:
        """Keep these tables from now on."""
        self._tables = data

    def to_json(self) -> bytes:
        """Spell all tables as UTF-8 JSON, indented by one blank; only documents that are new are spelled again."""
        texts: dict[tuple[str, str], tuple[object, bytes]] = {}
        tables = []
        for name in (HEAD, *TABLES):
            records = []
            for key, document in self._tables.get(name, {}).items():
                known, text = self._texts.get((name, key), (None, b""))
                if known is not document:
                    text = b"  %b: %b" % (_spell(key), _spell(document).replace(b"\n", b"\n  "))
                texts[name, key] = (document, text)
                records.append(text)
            body = b"{\n%b\n }" % b",\n".join(records) if records else b"{}"
            tables.append(b" %b: %b" % (_spell(name), body))
        self._texts = texts
        return b"{\n%b\n}\n" % b",\n".join(tables)


class RecordTable(Table):
    """A table whose documents stand under their own ids, in an order of their own."""

    document_id_class = str  # type: ignore[assignment]  # tinydb's documented way; its annotation knows int alone

    def documents(self) -> Documents:
        """Return the documents by id, in order."""
        return self._read_table()  # type: ignore[return-value]  # as above

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
        self._database = NotebookDatabase(storage=lambda: self._storage)
        self._table(HEAD).put({HEAD: head()})

    def load(self, tree: object) -> Notebook:
        """Take over what a file held; raises Misfit and changes nothing when that is no notebook.

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
        for name in TABLES:
            self._table(name).put(documents[name])
        self.value = Notebook(**records)
        return self.value

    def put(self, value: Notebook) -> None:
        """Make the tables hold this value; only records that are other objects than before are turned into plain."""
        for name in TABLES:
            records = getattr(value, name)
            if records is getattr(self.value, name):
                continue
            known, held = self._known(name), self._table(name).documents()
            self._table(name).put(
                {
                    record.id: held[record.id] if known.get(record.id) is record else to_plain(record)
                    for record in records
                }
            )
        self.value = value

    def to_json(self) -> bytes:
        """Spell the file."""
        return self._storage.to_json()

    def _known(self, name: str) -> dict[str, Any]:
        return {record.id: record for record in getattr(self.value, name)}

    def _table(self, name: str) -> RecordTable:
        table = self._database.table(name)
        assert isinstance(table, RecordTable)
        return table


def _spell(node: object) -> bytes:
    try:
        text = msgspec.json.encode(node)
    except UnicodeEncodeError:  # a lone surrogate: better one sign replaced than a file that can't be saved
        text = msgspec.json.encode(whole(node))
    return msgspec.json.format(text, indent=1)
