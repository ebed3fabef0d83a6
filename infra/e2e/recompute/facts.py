#!/usr/bin/env python3
"""Recomputes facts of the bilan that no plain count tells, from the files of a programme's folder: its own reading of them, the
standard library alone. Nothing here is taken from the product; where both agree, both read the definitions alike.

Themes of sessions and workshops, origins with what share signed, objectives beside what was achieved, waves, durations and
platforms.

    python3 facts.py FOLDER [--as-of YYYY-MM-DD]
"""
import argparse
import csv
import json
from collections import defaultdict
from datetime import date
from math import comb
from pathlib import Path

CRITERIA = ("manager_commitment", "strategic_vision", "social_climate", "hr_practice")


def day(text):
    text = text.strip()
    if not text:
        return None
    if "/" in text:
        d, m, y = text.split("/")
        return date(int(y), int(m), int(d))
    return date.fromisoformat(text)


def rows(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file, delimiter=";")


def firms(folder, actions):
    """Each SIRET once, as the first file in the order of the actions has it."""
    rules = json.loads((folder / "programme.json").read_text(encoding="utf-8"))
    found = {}
    for action in actions:
        for row in rows(folder / "detections" / f"{action['code']}.csv"):
            scores = sum(int(row[c]) for c in CRITERIA)
            eligible = int(row["effectif"]) <= rules["headcountCeiling"]
            signed = row["suite"] in ("ADHESION", "ABANDON")
            found.setdefault(
                row["siret"],
                {
                    "action": action["code"],
                    "origin": row["origine"],
                    "detected": day(row["date_detection"]),
                    "qualified": day(row["date_detection"]) if eligible and scores >= rules["maturityThreshold"] else None,
                    "enrolled": day(row["date_convention"]) if signed else None,
                    "accompanied": day(row["date_fin"]) if row["suite"] == "ADHESION" else None,
                    "left": row["suite"] == "ABANDON",
                    # Where no day was given it is known of nothing but that it came after the agreement.
                    "left_on": (day(row["date_fin"]) or day(row["date_convention"])) if row["suite"] == "ABANDON" else None,
                },
            )
    return list(found.values())


def median_of(values):
    ordered, n = sorted(values), len(values)
    return ordered[n // 2] if n % 2 else (ordered[n // 2 - 1] + ordered[n // 2]) / 2


def median_interval(values, confidence=0.95):
    """Order statistics: the tightest symmetric pair of values that misses the median in at most 5 % of samples."""
    ordered, n = sorted(values), len(values)
    below, few = 0, -1
    for k in range(n):
        below += comb(n, k)
        # Compared as whole numbers: half of what may be missed, of 2 ** n.
        if below * 40 > 2**n * round((1 - confidence) * 20):
            break
        few = k
    return (ordered[few], ordered[n - 1 - few]) if few >= 0 else None


def value(values, is_mean):
    if is_mean:
        # Days are told to a tenth.
        return {"value": sum(values) / len(values)}
    low, high = median_interval(values)
    return {"value": median_of(values), "low": low, "high": high}


def durations(known):
    enrolled = [f for f in known if f["enrolled"]]
    accompanied = [f for f in enrolled if f["accompanied"]]
    days = {
        "toAgreement": [(f["enrolled"] - f["detected"]).days for f in enrolled],
        "accompaniment": [(f["accompanied"] - f["enrolled"]).days for f in accompanied],
        "whole": [(f["accompanied"] - f["detected"]).days for f in accompanied],
    }
    values = {}
    for step, of in days.items():
        values[step], values[f"{step}Mean"] = value(of, False), value(of, True)
    under_way = sum(1 for f in enrolled if not f["accompanied"] and not f["left"])
    counts = {"enrolled": len(enrolled), "accompanied": len(accompanied), "underWay": under_way}
    return {"n": len(enrolled), "counts": counts, "values": values}


def up_to(known, as_of):
    """What had happened by a day: later days are not known yet."""
    if as_of is None:
        return known
    cut = lambda d: d if d is not None and d <= as_of else None
    told = []
    for f in known:
        if f["detected"] > as_of:
            continue
        dates = {key: cut(f[key]) for key in ("qualified", "enrolled", "accompanied", "left_on")}
        told.append({**f, **dates, "left": dates["left_on"] is not None})
    return told


def counted(group):
    steps = ("detected", "qualified", "enrolled", "accompanied")
    return {step: sum(1 for f in group if f[step]) for step in steps}


def main():
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--as-of", type=date.fromisoformat)
    args = asked.parse_args()
    by_then = lambda d: args.as_of is None or d <= args.as_of
    actions = json.loads((args.folder / "actions.json").read_text(encoding="utf-8"))
    known = up_to(firms(args.folder, actions), args.as_of)

    origins, waves, by_action = defaultdict(list), defaultdict(list), defaultdict(list)
    wave_of = {action["code"]: action["start"][:4] for action in actions}
    for firm in known:
        origins[firm["origin"]].append(firm)
        waves[wave_of[firm["action"]]].append(firm)
        by_action[firm["action"]].append(firm)

    themes = defaultdict(lambda: defaultdict(int))
    for session in rows(args.folder / "consulting-sessions.csv"):
        if by_then(day(session["date"])):
            themes[session["theme"]]["sessions"] += 1
            themes[session["theme"]]["halfDays"] += int(session["half_days"])
    held = {row["workshop_id"] for row in rows(args.folder / "workshop-attendance.csv")}
    for workshop in rows(args.folder / "workshops.csv"):
        if workshop["workshop_id"] in held and by_then(day(workshop["date"])):
            themes[workshop["theme"]]["workshops"] += 1

    platforms = defaultdict(list)
    for action in actions:
        if action.get("platform") and by_then(day(action["start"])):
            platforms[action["platform"]].append(action["code"])

    print(
        json.dumps(
            {
                "themes": themes,
                "origins": {
                    origin: {**counts, "enrolledShare": round(counts["enrolled"] / counts["detected"], 2)}
                    for origin, counts in ((origin, counted(group)) for origin, group in origins.items())
                },
                "waves": {wave: counted(group) for wave, group in waves.items()},
                "objectives": {
                    action["code"]: {
                        "targetFirms": action["targetFirms"],
                        **{k: n for k, n in counted(by_action[action["code"]]).items() if k != "qualified"},
                    }
                    for action in actions
                    if by_then(day(action["start"]))
                },
                "targetFirms": sum(a["targetFirms"] for a in actions if by_then(day(a["start"]))),
                "platforms": {name: sorted(codes) for name, codes in platforms.items()},
                "durations": durations(known),
            },
            sort_keys=True,
            indent=1,
        )
    )


if __name__ == "__main__":
    main()
