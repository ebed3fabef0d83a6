#!/usr/bin/env python3
"""Recomputes the estimates of spend from the files of a programme's folder: its own reading of them, its own formulas, the
standard library alone. Nothing here is taken from the product; where both agree, both read the definitions alike.

    python3 spend.py FOLDER [--as-of YYYY-MM-DD] [--with-lines-taken-back]
"""
import argparse
import csv
import json
import math
from collections import defaultdict
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

CONFIDENCE = 0.95
# Consumer prices in France, 2015 = 100: yearly changes in percent, World Bank FP.CPI.TOTL.ZG (2008 is 2007 to 2008).
INFLATION = {2008: 2.81286, 2009: 0.08762, 2010: 1.53112, 2011: 2.11160, 2012: 1.95420, 2013: 0.86372, 2014: 0.50776, 2015: 0.03751}


# --- reading ---------------------------------------------------------------------------------------------------------

def is_siret(text):
    if len(text) != 14 or not text.isdigit():
        return False
    total = 0
    for place, digit in enumerate(reversed(text)):
        n = int(digit) * (2 if place % 2 else 1)
        total += n - 9 if n > 9 else n
    return total % 10 == 0


def day(text):
    text = text.strip()
    try:
        if "/" in text:
            d, m, y = text.split("/")
            return date(int(y), int(m), int(d))
        return date.fromisoformat(text)
    except ValueError:
        return None


def cents(text):
    kept = "".join(c for c in text if c.isdigit() or c in ".,-").replace(",", ".")
    try:
        return int(round(Fraction(kept) * 100))
    except ValueError:
        return None


def payments(folder, with_taken_back, with_wrong_sirets=False):
    """Accepted lines: (funder, siret, day, cents), each reference once, without those that were taken back."""
    lines = {}
    for path in sorted((folder / "spend").glob("*.csv")):
        funder = path.stem.rsplit("-", 1)[0]
        raw = path.read_bytes()
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = raw.decode("cp1252")
        delimiter = ";" if text.split("\n", 1)[0].count(";") > 3 else ","
        for row in list(csv.reader(text.splitlines(), delimiter=delimiter))[1:]:
            reference, siret, _, on, scheme, _, _, amount = row[:8]
            operation = row[8] if len(row) > 8 else "CREATION"
            siret = "".join(siret.split()).replace("\u00a0", "")
            siret = siret.zfill(14) if siret.isdigit() else siret
            on, amount = day(on), cents(amount)
            if not (is_siret(siret) or with_wrong_sirets) or on is None or amount is None or scheme == "???":
                continue
            if operation == "ANNULATION":
                if not with_taken_back:
                    lines.pop((funder, reference), None)
                continue
            lines[(funder, reference)] = (funder, siret, on, amount)
    return list(lines.values())


def detections(folder):
    """By SIRET: what became of it, with its days, sector and size."""
    firms = {}
    for path in sorted((folder / "detections").glob("*.csv")):
        with open(path, encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter=";"):
                firms[row["siret"]] = row
    return firms


# --- months and windows ----------------------------------------------------------------------------------------------

def month(d):
    return d.year * 12 + d.month - 1


def windows(enrolled, completed):
    return (month(enrolled) - 12, month(enrolled)), (month(completed) + 1, month(completed) + 13)


class Spend:
    def __init__(self, lines, as_of):
        self.by_month = defaultdict(lambda: defaultdict(int))
        self.funders = defaultdict(set)
        self.first, self.last = {}, {}
        self.first_of = defaultdict(dict)
        for funder, siret, on, amount in lines:
            if as_of and on > as_of:
                continue
            self.by_month[siret][month(on)] += amount
            self.funders[siret].add(funder)
            self.first_of[siret][funder] = min(self.first_of[siret].get(funder, month(on)), month(on))
            self.first[funder] = min(self.first.get(funder, month(on)), month(on))
            self.last[funder] = max(self.last.get(funder, month(on)), month(on))
        if as_of:
            ended = month(as_of + timedelta(days=1)) - 1
            self.last = {funder: min(last, ended) for funder, last in self.last.items()}

    def within(self, siret, window, price=lambda m: 1):
        return sum(amount / price(m) for m, amount in self.by_month[siret].items() if window[0] <= m < window[1])

    def funders_before(self, siret, month):
        """Those that had paid for a firm before a month; a stratum of its own, with nobody in it, where none had."""
        found = tuple(sorted(f for f, first in self.first_of[siret].items() if first < month))
        return found or siret

    def covers(self, siret, window):
        return all(self.first[f] <= window[0] and window[1] <= self.last[f] + 1 for f in self.funders[siret])


# --- statistics ------------------------------------------------------------------------------------------------------

def t_density(x, nu):
    log = math.lgamma((nu + 1) / 2) - math.lgamma(nu / 2) - 0.5 * math.log(nu * math.pi) - (nu + 1) / 2 * math.log1p(x * x / nu)
    return math.exp(log)


def t_within(x, nu, steps=2000):
    """Probability between -x and x, by Simpson's rule."""
    h = x / steps
    total = t_density(0, nu) + t_density(x, nu)
    total += sum((4 if i % 2 else 2) * t_density(i * h, nu) for i in range(1, steps))
    return 2 * total * h / 3


def t_quantile(nu):
    low, high = 0.0, 100.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if t_within(middle, nu) < CONFIDENCE else (low, middle)
    return low


def mean(values):
    return sum(values) / len(values)


def variance(values):
    m = mean(values)
    return sum((v - m) ** 2 for v in values) / (len(values) - 1)


def median(values):
    s, n = sorted(values), len(values)
    return (s[(n - 1) // 2] + s[n // 2]) / 2


def median_interval(values):
    n, s = len(values), sorted(values)
    best, below = None, Fraction(0)
    for k in range(n // 2):
        below += Fraction(math.comb(n, k), 2 ** n)
        if below > Fraction(25, 1000):
            break
        best = k
    return (None, None) if best is None else (s[best], s[n - 1 - best])


def log_ratio(before, after):
    """Ratio of totals, variance of its logarithm, degrees of freedom."""
    a, b, n = sum(after), sum(before), len(before)
    residuals = [y / a - x / b for x, y in zip(before, after)]
    return a / b, n * variance(residuals), n - 1


def change(ratio, var, nu):
    half = t_quantile(nu) * math.sqrt(var)
    return dict(value=ratio - 1, low=ratio * math.exp(-half) - 1, high=ratio * math.exp(half) - 1)


# --- estimates -------------------------------------------------------------------------------------------------------

def participants(firms, spend, as_of):
    counted, left = [], dict(waiting=0, notCovered=0, withoutLine=0)
    for siret, row in firms.items():
        enrolled = day(row["date_convention"]) if row["date_convention"] else None
        completed = day(row["date_fin"]) if row["date_fin"] else None
        if not enrolled or not completed or (as_of and completed > as_of):
            continue
        before, after = windows(enrolled, completed)
        if siret not in spend.funders:
            left["withoutLine"] += 1
        elif spend.covers(siret, before) and spend.covers(siret, after):
            counted.append((siret, before, after))
        elif any(after[1] > spend.last[f] + 1 for f in spend.funders[siret]):
            left["waiting"] += 1
        else:
            left["notCovered"] += 1
    return counted, left


def price_of_month(m):
    index, year = 1.0, 2015
    while year > m // 12:
        index /= 1 + INFLATION[year] / 100
        year -= 1
    return index


def spend_change(counted, left, spend, price=lambda m: 1):
    before = [spend.within(s, b, price) for s, b, _ in counted]
    after = [spend.within(s, a, price) for s, _, a in counted]
    differences = [y - x for x, y in zip(before, after)]
    half = t_quantile(len(counted) - 1) * math.sqrt(variance(differences) / len(counted))
    low, high = median_interval(differences)
    return dict(
        n=len(counted),
        counts=dict(rose=sum(d > 0 for d in differences), fell=sum(d < 0 for d in differences),
                    stayed=sum(d == 0 for d in differences), **left),
        values=dict(
            change=change(*log_ratio(before, after)),
            before=dict(value=mean(before)),
            after=dict(value=mean(after)),
            difference=dict(value=mean(differences), low=mean(differences) - half, high=mean(differences) + half),
            median=dict(value=median(differences), low=low, high=high)))


def distribution(counted, spend):
    """Accompanied firms by after / before - 1."""
    bounds = [("fellByHalf", -0.5), ("fell", -0.1), ("alike", 0.1), ("rose", 0.5), ("roseByHalf", 1), ("doubled", math.inf)]
    counts = dict.fromkeys([name for name, _ in bounds] + ["nothingBefore"], 0)
    for siret, before, after in counted:
        first, second = spend.within(siret, before), spend.within(siret, after)
        counts["nothingBefore" if first <= 0 else next(n for n, below in bounds if second / first - 1 < below)] += 1
    return dict(n=len(counted), counts=counts, values={})


def outside(counted, firms, spend):
    """Firms that the programme never detected, in the windows of all that are counted, unweighted: how many, and their change."""
    sirets = [s for s in spend.funders if s not in firms]
    before = sum(spend.within(s, b) for s in sirets for _, b, _ in counted)
    after = sum(spend.within(s, a) for s in sirets for _, _, a in counted)
    return dict(firms=len(sirets), change=after / before - 1)


def weighted_change(others):
    """Of firms with weights (sum 1) and what they spend: ratio, variance of its logarithm, degrees of freedom."""
    before = sum(w * b for w, b, _ in others)
    after = sum(w * a for w, _, a in others)
    worth = 1 / sum(w * w for w, _, _ in others)
    var = sum((w * (a / after - b / before)) ** 2 for w, b, a in others) * worth / (worth - 1)
    return after / before, var, worth - 1


def sum_of_variances(*parts):
    total = sum(v for v, _ in parts)
    return total, total ** 2 / sum(v * v / nu for v, nu in parts)


def against(counted, firms_beside, stratum_of, spend):
    """Accompanied firms against others of the same stratum, in the same months; None where there is nobody."""
    with_lines = [s for s in firms_beside if s in spend.funders]
    strata = defaultdict(lambda: ([], []))
    for one in counted:
        strata[stratum_of(one[0], one[1][1])][0].append(one)
    for siret in with_lines:
        strata[stratum_of(siret, max((before[1] for _, before, _ in counted), default=0))][1].append(siret)
    used = []
    for treated, others in strata.values():
        covered = [s for s in others if all(spend.covers(s, b) and spend.covers(s, a) for _, b, a in treated)]
        if treated and covered:
            used.append((treated, covered))
    n = sum(len(treated) for treated, _ in used)
    counts = dict(compared=sum(len(o) for _, o in used), unlike=len(counted) - n, withoutLine=len(firms_beside) - len(with_lines))
    counts["notCovered"] = len(with_lines) - counts["compared"]
    empty = dict(value=None, low=None, high=None)
    if n < 2 or counts["compared"] < 2:
        return dict(n=n, counts=counts, values=dict(effect=empty, accompanied=empty, compared=empty, difference=empty))
    treated = [(spend.within(s, b), spend.within(s, a)) for group, _ in used for s, b, a in group]
    others = []
    for group, covered in used:
        for siret in covered:
            # In the windows of every accompanied firm of its stratum, one after the other.
            before = mean([spend.within(siret, b) for _, b, _ in group])
            after = mean([spend.within(siret, a) for _, _, a in group])
            others.append((len(group) / n / len(covered), before, after))
    r_t, v_t, nu_t = log_ratio([b for b, _ in treated], [a for _, a in treated])
    r_c, v_c, nu_c = weighted_change(others)
    d_t = [a - b for b, a in treated]
    d_c = sum(w * (a - b) for w, b, a in others)
    worth = nu_c + 1
    v_d = sum((w * (a - b - d_c)) ** 2 for w, b, a in others) * worth / nu_c
    spread, nu = sum_of_variances((variance(d_t) / n, n - 1), (v_d, nu_c))
    half = t_quantile(nu) * math.sqrt(spread)
    value = mean(d_t) - d_c
    return dict(n=n, counts=counts, values=dict(
        effect=change(r_t / r_c, *sum_of_variances((v_t, nu_t), (v_c, nu_c))),
        accompanied=change(r_t, v_t, nu_t),
        compared=change(r_c, v_c, nu_c),
        difference=dict(value=value, low=value - half, high=value + half)))


def band(headcount):
    return next(i for i, most in enumerate((9, 49, 99, 249, math.inf)) if headcount <= most)


# NAF rev. 2: the first division of each section.
SECTIONS = [(1, "A"), (5, "B"), (10, "C"), (35, "D"), (36, "E"), (41, "F"), (45, "G"), (49, "H"), (55, "I"), (58, "J"), (64, "K"),
            (68, "L"), (69, "M"), (77, "N"), (84, "O"), (85, "P"), (86, "Q"), (90, "R"), (94, "S"), (97, "T"), (99, "U")]


def section(naf):
    return [letter for first, letter in SECTIONS if first <= int(naf[:2])][-1]


def refused_or_not_mature(firms, as_of):
    """As the maturity grid and its follow-up say it; where no day of refusal is written, that of the detection counts."""
    scores = ("manager_commitment", "strategic_vision", "social_climate", "hr_practice")
    found = []
    for siret, row in firms.items():
        if as_of and day(row["date_detection"]) > as_of:
            continue
        is_eligible = int(row["effectif"]) < 250
        is_mature = sum(int(row[score]) for score in scores) >= 8
        if is_eligible and (not is_mature or row["suite"] == "REFUS"):
            found.append(siret)
    return found


def not_elapsed(firms, spend, as_of):
    """What a total says that does not look at whether windows have elapsed: before and after of all who completed."""
    before = after = 0
    for siret, row in firms.items():
        completed = day(row["date_fin"]) if row["date_fin"] else None
        if completed and (not as_of or completed <= as_of):
            b, a = windows(day(row["date_convention"]), completed)
            before += spend.within(siret, b)
            after += spend.within(siret, a)
    return after / before - 1


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--as-of", type=date.fromisoformat)
    parser.add_argument("--with-lines-taken-back", action="store_true")
    asked = parser.parse_args()
    firms = detections(asked.folder)
    spend = Spend(payments(asked.folder, asked.with_lines_taken_back), asked.as_of)
    counted, left = participants(firms, spend, asked.as_of)
    print(json.dumps(dict(
        notElapsed=not_elapsed(firms, spend, asked.as_of),
        estimates=dict(
            spendChange=spend_change(counted, left, spend),
            spendChangeReal=spend_change(counted, left, spend, price_of_month),
            spendDistribution=distribution(counted, spend),
            spendAgainstDeclined=against(
                counted, refused_or_not_mature(firms, asked.as_of),
                lambda s, _: (section(firms[s]["naf"]), band(int(firms[s]["effectif"]))), spend),
            spendAgainstOutside=against(
                counted, [s for s in spend.funders if s not in firms], spend.funders_before, spend)),
        outside=outside(counted, firms, spend),
        outsideWithWrongSirets=outside(counted, firms, Spend(payments(asked.folder, asked.with_lines_taken_back, True), asked.as_of)))))


if __name__ == "__main__":
    main()
