#!/usr/bin/env python3
# autarky: hostile names through tables, workbooks, pictures and the report, each read by a strict parser
# SPDX-License-Identifier: Apache-2.0
"""usage: tables.py PROGRAM

Titles, sources, rows, variants, claims, layers and the files themselves carry a formula, an end of a script, marks of XML and
bytes that steer. Nothing of that may be run, end an element or be obeyed where a file is opened.
"""
import csv
import functools
import html.parser
import io
import json
import pathlib
import re
import sys
import tempfile
import xml.etree.ElementTree as xml
import zipfile

from program import SCENARIO, Program, at_once

FORMULA = '=HYPERLINK("http://x","y")</script><!--<script>&amp;]]>\'`$'
NAME = FORMULA + "\x1b[2J\x07\t\r\n\x7f\u009b31m\u202e\u2066\u2028\ufeff\ufffe"
STEERING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffe\uffff]")
PLAIN = "a plain name"
FILES = {NAME: "n=1<&amp;>'\u202e\ufffe", PLAIN: "plain"}


def toml(text):
    return "".join(c if " " <= c <= "~" and c not in '"\\' else f"\\u{ord(c):04x}" for c in text)


def files(folder, name):
    """A scenario and a layer table that carry the name; their paths."""
    for base in ("small.toml", "uncertain.toml"):
        (folder / base).write_text(pathlib.Path(SCENARIO).with_name(base).read_text())
    scenario, network = folder / f"{FILES[name]}.toml", folder / f"{FILES[name]}.csv"
    n = toml(name)
    scenario.write_text(
        f'extends = "uncertain.toml"\ntitle = "{n}"\n[source."{n}"]\ntitle = "{n}"\ndate = "2026-01-01"\ngrade = "press"\n'
        f'[process.alpha]\nfoundry = "{n}"\nwafer_price = {{ is = "16_000 to 18_000 USD/wafer", source = "{n}" }}\n'
        f'[customer."{n}"]\nsource = "{n}"\nsite = "home"\nrequest = "5 %"\nfirm = "90 %"\n'
        f'[variant."{n}"]\ntitle = "{n}"\nset = {{ "economy.discount_rate" = "9 %/year" }}\n'
        f'[[claim]]\nid = "{n}"\ntext = "{n}"\nmetric = "npv"\nstated = "1 USD"\ncompare = "at_least"\nsource = "{n}"\nwhy = "{n}"\n')
    head = "Layer name, IFMAP Height, IFMAP Width, Filter Height, Filter Width, Channels, Num Filter, Strides,\n"
    layer = name.replace(",", ";").replace("\n", " ").replace("\r", " ")
    network.write_text(f"{head}{layer}, 16, 16, 3, 3, 8, 8, 1,\n+cmd|' /C calc'!A0, 16, 16, 3, 3, 8, 8, 1,\n")
    return str(scenario), str(network)


def questions(folder, name):
    s, n = files(folder, name)
    return [["wafers", s, "-n", "50"], ["explain", "npv", s], ["sources", s], ["audit", s, "-n", "100"],
            ["compare", s, "--against", str(folder / "uncertain.toml"), "-n", "50"], ["check", s],
            ["sense", s, "-n", "64", "--screening", "8"], ["flip", s, "-n", "64", "--most", "1"], ["worth", s, "-n", "256"],
            ["update", s, "-n", "512"], ["map", "--scenario", s, "-n", "20", "--columns", "2", "--rows", "2"],
            ["stress", s, "--site", "home", "-n", "64"], ["plan", s, "--futures", "4"], ["paths", s, "-n", "64"],
            ["discover", s, "-n", "1024"], ["anchor", s, "-n", "64"], ["break-even", s, "-n", "50"],
            ["run", s, "-n", "60"], ["run", s, "-n", "60", "--variant", name], ["workload", n],
            ["chip", "orin", "--workload", n], ["design", n, "--node", "7"]]


def steers(program, text, what):
    found = STEERING.search(text)
    program.check(found is None, f"{what} steers: {found and text[max(0, found.start() - 30):found.end() + 10]!r}")


def well_formed(program, text, what):
    try:
        xml.fromstring(text)
    except xml.ParseError as trouble:
        program.check(False, f"{what} is no XML: {trouble}")


def judge_table(program, text, what):
    steers(program, text, what)
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    program.check(len({len(row) for row in rows}) == 1, f"{what} has rows of several widths")
    for cell in (cell for row in rows for cell in row if cell[:1] in ("=", "+", "-", "@")):
        try:
            float(cell)
        except ValueError:
            program.check(False, f"{what} has the formula {cell[:60]!r}")


def judge_workbook(program, data, what):
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        for part in book.namelist():
            text = book.read(part).decode("utf-8")
            well_formed(program, text, f"{what}, {part}")
            steers(program, text.replace("\r\n", "\n"), f"{what}, {part}")
            for formula in re.findall(r"<f[^>]*>([^<]*)</f>", text):
                program.check('HYPERLINK(' not in formula and "!A0" not in formula, f"{what}, {part}: runs {formula[:80]!r}")


class Elements(html.parser.HTMLParser):
    """Counts the elements of a page, and keeps what scripts of data hold."""

    def __init__(self):
        super().__init__()
        self.counts, self.data, self._is_data = {}, [], False

    def handle_starttag(self, tag, attrs):
        self.counts[tag] = self.counts.get(tag, 0) + 1
        self._is_data = tag == "script" and dict(attrs).get("type") == "application/json"

    def handle_endtag(self, tag):
        self._is_data = False

    def handle_data(self, data):
        if self._is_data:
            self.data.append(data)


def page_of(program, folder, name):
    scenario, _ = files(folder, name)
    out = folder / "report.html"
    made = program.run("report", scenario, "-n", "60", "--claim-samples", "100", "-o", str(out))
    if not program.check(made.returncode == 0, f"report: exit {made.returncode}: {made.stderr[-300:]!r}"):
        return None
    text = out.read_text(encoding="utf-8")
    elements = Elements()
    elements.feed(text)
    elements.close()
    return text, elements


def judge_report(program, folder):
    """The page has the elements that it has with plain names, and no byte more that steers."""
    folder.mkdir()
    hostile, plain = (page_of(program, folder, name) for name in (NAME, PLAIN))
    if hostile is None or plain is None:
        return
    for tag in ("script", "style", "img", "iframe", "link", "a"):
        here, there = hostile[1].counts.get(tag, 0), plain[1].counts.get(tag, 0)
        program.check(here == there, f"report: {here} elements {tag}, {there} with plain names")
    program.check(len(STEERING.findall(hostile[0])) == len(STEERING.findall(plain[0])), "report: more bytes that steer")
    program.check("HYPERLINK" in hostile[0], "report: the name is not there")
    for data in hostile[1].data:
        json.loads(data)


def judge(program, folder, words):
    what = f"{words[0]} {words[-1][:20]!r}"
    n_seen = 0
    for end in (".csv", ".xlsx"):
        out = folder / f"out{end}"
        made = program.run(*words, "-o", str(out))
        if made.returncode in (2, 3) and not out.exists():
            continue  # a run says what it cannot write
        n_seen += 1
        program.check(made.returncode in (0, 1, 4), f"{what}: exit {made.returncode}: {made.stderr[-200:]!r}")
        if end == ".csv":
            judge_table(program, out.read_bytes().decode("utf-8"), f"{what}{end}")
        else:
            judge_workbook(program, out.read_bytes(), f"{what}{end}")
    if b"--svg" in program.run(words[0], "--help").stdout:
        drawn = program.run(*words, "--svg", "-")
        if program.check(drawn.returncode in (0, 1, 4), f"{what}: --svg: {drawn.stderr[-200:]!r}"):
            text = drawn.stdout.decode("utf-8")
            well_formed(program, text, f"{what}: picture")
            steers(program, text, f"{what}: picture")
            program.check("<script" not in text, f"{what}: a script in the picture")
    program.check(n_seen > 0, f"{what}: no table")


def main():
    program = Program(sys.argv[1])
    with tempfile.TemporaryDirectory() as name:
        outer = pathlib.Path(name)
        asked = questions(outer, NAME)
        places = [outer / str(k) for k in range(len(asked))]
        for place in places:
            place.mkdir()
        jobs = [functools.partial(judge, program, place, words) for place, words in zip(places, asked)]
        at_once(jobs + [functools.partial(judge_report, program, outer / "report")])
    program.finish(f"tables of {len(asked)} questions")


if __name__ == "__main__":
    main()
