"""Adds up the real files of subsidies (SCDL, Sarthe) by rules of its own, with Python's standard library alone.

    python3 totals.py FOLDER > totals.json

It shares no code with the product, which test/real-files.test.ts compares with what is printed here. The files belong to
their publishers and are not part of this repository.
"""

import csv
import hashlib
import io
import json
import pathlib
import re
import sys
from decimal import Decimal, InvalidOperation

# Which column of each family of files holds the amount, as its publisher names it.
AMOUNTS = ["montant", "Montant total de la subvention*", "Montant\nde la subvention de fonctionnement (1)"]


def text_of(data: bytes) -> str:
    """UTF-8 where all of it is, else Windows-1252 with Latin-1 for the five bytes that it lacks."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "".join(
            bytes([b]).decode("cp1252", errors="ignore") or chr(b) for b in data
        )


def cents_of(cell: str):
    """An amount to the cent; None where it is none."""
    digits = re.sub(r"[\s\u00a0\u202f€]", "", cell).replace(",", ".")
    if not re.fullmatch(r"[+-]?\d+(\.\d*)?", digits):
        return None
    try:
        cents = Decimal(digits) * 100
    except InvalidOperation:
        return None
    return int(cents) if cents == cents.to_integral_value() else None


def totals_of(path: pathlib.Path) -> dict:
    data = path.read_bytes()
    text = text_of(data)
    first = text.split("\n", 1)[0]
    delimiter = max(";,\t", key=first.count)
    rows = [r for r in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if any(c.strip() for c in r)]
    headings = [h.strip() for h in rows[0]]
    named = [re.sub(r"\s*\n\s*", "\n", h.replace("\r", "")) for h in headings]
    at = next(named.index(name) for name in AMOUNTS if name in named)
    lines = cents = unreadable = cut = 0
    for row in rows[1:]:
        lines += 1
        # `…,25 000,00,…` with the comma between the columns too: the cents stand in a cell of their own.
        if delimiter == "," and len(row) > len(headings) and re.fullmatch(r"\d\d", row[at + 1].strip()):
            cut += 1
            continue
        amount = cents_of(row[at]) if len(row) > at else None
        if amount is None:
            unreadable += 1
        else:
            cents += amount
    return {
        "sha256": hashlib.sha256(data).hexdigest(),
        "amount": headings[at],
        "lines": lines,
        "cents": cents,
        "unreadable": unreadable,
        "cut": cut,
    }


if __name__ == "__main__":
    folder = pathlib.Path(sys.argv[1])
    print(json.dumps({p.name: totals_of(p) for p in sorted(folder.glob("*.csv"))}, ensure_ascii=False, indent=2))
