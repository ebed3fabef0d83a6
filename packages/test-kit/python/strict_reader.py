"""Reads what was taken and what was answered as a strict stranger: a line of JSON each, {"sent": base64 or absent, "read": text}.
Where `sent` is there, `read` must say the same. Prints a line for each that a stranger would stumble on."""
import base64
import json
import math
import re
import sys

UNFIT = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\ud800-\\udfff\\ufdd0-\\ufdef\\ufffd]")


def pairs(found):
    names = [name for name, _ in found]
    if len(set(names)) != len(names):
        raise ValueError("a name twice")
    return dict(found)


def no_constant(name):
    raise ValueError(f"{name} is no JSON")


def strict(text):
    return json.loads(text, object_pairs_hook=pairs, parse_constant=no_constant)


def check(value, depth=0):
    if depth > 64:
        raise ValueError("nested too deep")
    if isinstance(value, str):
        if UNFIT.search(value) or any(ord(c) & 0xFFFE == 0xFFFE for c in value):
            raise ValueError(f"a character that is no text: {value[:40]!a}")
        value.encode("utf-8")
    elif isinstance(value, bool) or value is None:
        pass
    elif isinstance(value, int):
        if abs(value) > 2**53 - 1:
            raise ValueError(f"a number that loses digits: {value}")
    elif isinstance(value, float):
        if not math.isfinite(value):
            raise ValueError("a number beyond all")
    elif isinstance(value, list):
        for item in value:
            check(item, depth + 1)
    else:
        for name, item in value.items():
            check(name, depth + 1)
            check(item, depth + 1)


for number, line in enumerate(sys.stdin.buffer):
    case = json.loads(line)
    try:
        read = strict(case["read"])
        check(read)
        if "sent" in case:
            sent = strict(base64.b64decode(case["sent"]).decode("utf-8-sig"))
            if sent != read:
                raise ValueError(f"differs from what was sent: {sent!a} / {read!a}"[:600])
    except (ValueError, RecursionError) as error:
        print(f"{number}: {error}")
