#!/usr/bin/env python3
"""Recomputes the estimates of the survey from the files of a programme's folder: its own reading of them, its own formulas, the
standard library alone. Nothing here is taken from the product; where both agree, both read the definitions alike.

    python3 survey.py FOLDER [--drawn FILE]

FILE: {"BEFORE": [SIRET, ...], "AFTER": [SIRET, ...]}, the firms that were drawn in each wave; where none is given, nobody was.
"""
import argparse
import csv
import json
import math
from collections import defaultdict
from pathlib import Path
from statistics import NormalDist

CONFIDENCE = 0.95
QUESTIONS = ["strategy_clear", "strategy_shared", "time_for_anticipation", "information_flows", "roles_clear", "social_climate",
             "staff_representation_dialogue", "training_priority", "training_policy_exists"]
BANDS = [(10, "0-9"), (50, "10-49"), (100, "50-99"), (250, "100-249"), (math.inf, "250+")]


def rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def firms_of(folder, drawn):
    """Every firm that enrolled, with what it answered and whether it was drawn."""
    answers = {wave: {row["siret"]: row for row in rows(folder / f"survey-{wave.lower()}.csv")} for wave in ("BEFORE", "AFTER")}
    firms = []
    for path in sorted((folder / "detections").glob("*.csv")):
        for row in rows(path):
            if not row["date_convention"]:
                continue
            siret = row["siret"]
            firms.append({
                "basin": row["bassin"],
                "size": next(name for most, name in BANDS if int(row["effectif"]) < most),
                "completed": bool(row["date_fin"]) and row["suite"] != "ABANDON",
                "answers": {wave: answers[wave].get(siret) for wave in answers},
                "drawn": {wave: siret in drawn[wave] for wave in drawn},
            })
    return firms


# --- what a firm said ------------------------------------------------------------------------------------------------

def yes(question):
    return lambda row: int(row[question]) >= 4


def little(row):
    return int(row["training_priority"]) <= 2 and int(row["training_policy_exists"]) <= 2


def pair(firm, said):
    before, after = firm["answers"]["BEFORE"], firm["answers"]["AFTER"]
    return (said(before), said(after)) if before and after else None


# --- weights ---------------------------------------------------------------------------------------------------------

def strata(population, responds):
    """[(firms, respondents)]: of basin and size where five answered, of size where five did of what is left, and the rest."""
    left, found = population, []
    for key in (lambda f: (f["size"], f["basin"]), lambda f: f["size"]):
        cells = defaultdict(list)
        for firm in left:
            cells[key(firm)].append(firm)
        left = []
        for name in sorted(cells):
            answered = [f for f in cells[name] if responds(f)]
            if len(answered) >= 5:
                found.append((len(cells[name]), answered))
            else:
                left += cells[name]
    answered = [f for f in left if responds(f)]
    if len(answered) >= 2:
        found.append((len(left), answered))
    elif left:
        fewest = min(range(len(found)), key=lambda i: len(found[i][1]))
        found[fewest] = (found[fewest][0] + len(left), found[fewest][1] + answered)
    return found


def effect(population, said, speaks, questions, is_drawn):
    """Weighted shares before and after, their difference, and its two intervals."""
    pairs = {id(f): pair(f, said) for f in population if speaks(f)}
    groups = strata(population, lambda f: pairs.get(id(f)) is not None)
    n = len(population)
    cells, drawn = defaultdict(int), defaultdict(int)
    for f in population:
        cells[f["basin"], f["size"]] += 1
        drawn[f["basin"], f["size"]] += is_drawn(f)
    stands = lambda f: cells[f["basin"], f["size"]] / drawn[f["basin"], f["size"]] if is_drawn(f) else 1
    weighted = []
    for size, answered in groups:
        total = sum(stands(f) for f in answered)
        weighted.append([(*pairs[id(f)], stands(f) * size / total) for f in answered])

    def share(of):
        return sum(w * of(b, a) for group in weighted for b, a, w in group) / n

    before, after = share(lambda b, a: b), share(lambda b, a: a)
    gained, lost = share(lambda b, a: a and not b), share(lambda b, a: b and not a)
    open_ = lambda w: (w / n) ** 2 * (1 - 1 / w)
    alike = sum(open_(w) for group in weighted for _, _, w in group)
    within = 0
    for group in weighted:
        mean = sum(w * (a - b) for b, a, w in group) / sum(w for _, _, w in group)
        within += sum(open_(w) * (a - b - mean) ** 2 for b, a, w in group) * len(group) / (len(group) - 1)
    differing = share(lambda b, a: (a - b - (after - before)) ** 2)
    worth = 1 / max(alike, within / differing if differing else 0)

    def interval(missed):
        z = NormalDist().inv_cdf(1 - missed / 2)
        p, q = (gained * worth + 1) / (worth + 2), (lost * worth + 1) / (worth + 2)
        half = z * math.sqrt((p + q - (p - q) ** 2) / (worth + 2))
        return {"low": max(-1, p - q - half), "high": min(1, p - q + half)}

    return {
        "n": sum(len(answered) for _, answered in groups),
        "counts": {},
        "values": {
            "before": {"value": before},
            "after": {"value": after},
            "difference": {"value": after - before, **interval(1 - CONFIDENCE)},
            "together": {"value": after - before, **interval((1 - CONFIDENCE) / questions)},
        },
    }


def without(part, name):
    return {**part, "values": {key: value for key, value in part["values"].items() if key != name}}


# --- response --------------------------------------------------------------------------------------------------------

def response(firms, wave):
    population = [f for f in firms if wave == "BEFORE" or f["completed"]]
    drawn = [f for f in population if f["drawn"][wave]]
    answered = sum(1 for f in drawn if f["answers"][wave])
    return {
        "n": len(drawn),
        "counts": {
            "population": len(population),
            "drawn": len(drawn),
            "answered": answered,
            "volunteers": sum(1 for f in population if f["answers"][wave] and not f["drawn"][wave]),
        },
        "values": {"rate": {"value": answered / len(drawn) if drawn else None}},
    }


def main():
    asked = argparse.ArgumentParser()
    asked.add_argument("folder", type=Path)
    asked.add_argument("--drawn", type=Path)
    options = asked.parse_args()
    said = json.loads(options.drawn.read_text()) if options.drawn else {}
    drawn = {wave: set(said.get(wave, [])) for wave in ("BEFORE", "AFTER")}
    firms = firms_of(options.folder, drawn)
    waves = [wave for wave in drawn if drawn[wave]]
    completed = [f for f in firms if f["completed"]]
    is_sampled = lambda f: all(f["drawn"][wave] for wave in waves)
    is_drawn = lambda f: bool(waves) and is_sampled(f)
    both = [f for f in completed if f["answers"]["BEFORE"] and f["answers"]["AFTER"]]
    effects = {q: effect(completed, yes(q), is_sampled, len(QUESTIONS), is_drawn) for q in QUESTIONS}
    volunteers = [f for f in both if waves and not any(f["drawn"].values())]
    parts = {}
    for wave in drawn:
        parts[wave] = response(firms, wave)
        for kind in ("basin", "size"):
            for value in sorted({f[kind] for f in firms}):
                parts[f"{wave}:{kind}:{value}"] = response([f for f in firms if f[kind] == value], wave)
        for basin, size in sorted({(f["basin"], f["size"]) for f in firms if wave == "BEFORE" or f["completed"]}):
            parts[f"{wave}:stratum:{basin}:{size}"] = response([f for f in firms if (f["basin"], f["size"]) == (basin, size)], wave)
    print(json.dumps({
        "respondents": {
            "n": len(completed),
            "counts": {"respondents": len(both), "accompanied": len(completed)},
            "values": {"share": {"value": len(both) / len(completed)}},
        },
        "effects": effects,
        "trainingRecourse": without(effect(completed, little, is_sampled, 1, is_drawn), "together"),
        "trainingPriority": without(effect(completed, yes("training_priority"), is_sampled, 1, is_drawn), "together"),
        "volunteers": {
            q: {
                "n": len(volunteers),
                "counts": {},
                "values": {
                    "before": {"value": sum(pair(f, yes(q))[0] for f in volunteers) / len(volunteers)},
                    "after": {"value": sum(pair(f, yes(q))[1] for f in volunteers) / len(volunteers)},
                    "difference": {"value": sum(pair(f, yes(q))[1] - pair(f, yes(q))[0] for f in volunteers) / len(volunteers)},
                },
            }
            for q in QUESTIONS
        } if volunteers else {},
        "response": parts,
    }, indent=1))


main()
