#!/usr/bin/env python3
# autarky: tests of the page in a browser, against the real server
# SPDX-License-Identifier: Apache-2.0
"""usage: test_page.py PROGRAM [unittest arguments]

Needs playwright (tools/pip-browser.txt), Debian's Chromium, and the packages of web/ (`make page`). PICTURES=folder keeps a picture of each view.
"""
import csv
import io
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest
import zipfile
from urllib.parse import quote

from playwright.sync_api import expect, sync_playwright

PROGRAM = sys.argv.pop(1) if len(sys.argv) > 1 else "build/autarky"
PICTURES = os.environ.get("PICTURES")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]
PATIENCE = 60_000  # milliseconds; the tests judge what appears, not how soon
expect.set_options(timeout=PATIENCE)
AXE = pathlib.Path(__file__).resolve().parents[2] / "web/node_modules/axe-core/axe.min.js"
VIEWS = {"verdict", "change", "drivers", "evidence", "cost", "volume", "wafers", "compare", "inputs", "claims", "explain", "map", "die", "chip", "rules", "ask"}  # at least


class Page(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = subprocess.Popen([PROGRAM, "serve", "--no-open"], stdout=subprocess.PIPE, text=True)
        cls.address = re.search(r"http://\S+", cls.server.stdout.readline())[0]
        cls.home = cls.address.split("#")[0]
        cls.token = cls.address.split("token=")[1]
        cls.playwright = sync_playwright().start()
        cls.browser = cls.playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)

    @classmethod
    def tearDownClass(cls):
        cls.browser.close()
        cls.playwright.stop()
        cls.server.send_signal(2)
        cls.server.wait(60)
        cls.server.stdout.close()

    def open(self, state="lang=en", token=None, **context):
        self.context = self.browser.new_context(**context)
        self.addCleanup(self.context.close)
        page = self.context.new_page()
        page.set_default_timeout(PATIENCE)
        self.troubles = []
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        page.on("console", lambda line: self.troubles.append(line.text) if line.type == "error" else None)
        page.goto(f"{self.home}#token={self.token if token is None else token}&{state}")
        return page

    def settled(self, page):
        """Until the full run is there."""
        expect(page.locator("[role=status]")).to_have_count(0)

    def views(self, page):
        names = [link.get_attribute("href").removeprefix("#view=") for link in page.locator("nav.views a").all()]
        self.assertLessEqual(VIEWS, set(names))
        return names

    def serious(self, page):
        found = page.evaluate("axe.run()")["violations"]
        return [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in ("serious", "critical")]

    def keep(self, page, name, whole=True):
        if PICTURES:
            page.screenshot(path=pathlib.Path(PICTURES) / f"{name}.png", full_page=whole)

    def test_start_shows_the_verdict_of_the_library(self):
        page = self.open(viewport={"width": 1200, "height": 860}, color_scheme="light")
        expect(page.locator(".lead .big")).to_contain_text("%")
        self.settled(page)
        self.keep(page, "page", whole=False)  # README's, see tools/picture.sh
        printed = json.loads(subprocess.run([PROGRAM, "run", "--json"], capture_output=True, check=True).stdout)
        expect(page.locator(".sentence")).to_contain_text(printed["verdict"]["sentence"])
        self.assertEqual(len(printed["verdict"]["npv_dots_usd"]), 50)
        expect(page.locator("figure").first.locator("circle")).to_have_count(50)
        self.assertNotIn(self.token, page.url)
        self.assertEqual(self.troubles, [])

    def test_every_view_in_both_languages_and_colours(self):
        for scheme, language in (("light", "en"), ("dark", "zh")):
            page = self.open(f"lang={language}", color_scheme=scheme)
            expect(page.locator(".lead .big")).to_contain_text("%")
            self.settled(page)
            for at, view in enumerate(self.views(page)):
                with self.subTest(view=view, language=language):
                    page.locator("nav.views a").nth(at).click()
                    expect(page).to_have_url(re.compile(f"view={view}"))
                    expect(page.locator("main .findings")).to_have_count(0)
                    self.settled(page)
                    self.keep(page, f"{view}-{scheme}")
            self.assertEqual(self.troubles, [])
            text = page.locator("body").inner_text()
            self.assertEqual("Verdict" in text, language == "en")

    def test_nothing_serious_stands_in_the_way_of_assistive_tools(self):
        for scheme in ("light", "dark"):
            page = self.open(color_scheme=scheme, bypass_csp=True)  # the policy keeps scripts out, this one too
            expect(page.locator(".lead .big")).to_contain_text("%")
            self.settled(page)
            page.add_script_tag(path=AXE)
            for at, view in enumerate(self.views(page)):
                with self.subTest(view=view, scheme=scheme):
                    page.locator("nav.views a").nth(at).click()
                    self.settled(page)
                    self.assertEqual(self.serious(page), [])

    def test_slider_by_keyboard_undo_and_address(self):
        page = self.open("view=inputs&lang=en&inputs.find=economy.discount_rate")
        self.settled(page)
        page.get_by_role("button", name="Change", exact=True).first.click()
        before = page.locator("main strong").last.inner_text()
        slider = page.get_by_role("slider").first
        slider.focus()
        slider.press("ArrowRight")
        slider.press("End")
        expect(page.locator(".status")).to_contain_text("1 changed input")
        expect(page.locator("main strong").last).not_to_have_text(before)
        self.assertIn("set=economy.discount_rate", page.url)
        again = self.open(page.url.split("#")[1])
        expect(again.locator(".status")).to_contain_text("economy.discount_rate =")
        for _ in range(4):
            page.keyboard.press("Control+z")
        self.assertNotIn("set=", page.url)

    def test_a_wrong_value_is_refused_with_its_place(self):
        page = self.open("lang=en&set=economy.discount_rate%3D9%20apples")
        expect(page.get_by_role("alert")).to_contain_text("apples")

    def test_a_wrong_key_is_refused(self):
        page = self.open(token="0" * 32)
        expect(page.get_by_role("alert")).to_contain_text("key")

    def test_download_holds_the_figures_of_the_answer(self):
        page = self.open("view=cost&lang=en")
        expect(page.locator("figure").first).to_be_visible(timeout=PATIENCE)
        self.settled(page)
        with page.expect_download() as download:
            page.locator("figure").first.get_by_role("button", name="CSV").click()
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / "chart.zip"
            download.value.save_as(file)
            with zipfile.ZipFile(file) as archive:
                self.assertIsNone(archive.testzip())
                names = archive.namelist()
                self.assertIn("README.txt", names)
                self.assertIn("sources.csv", names)
                rows = list(csv.DictReader(io.StringIO(archive.read(names[0]).decode())))
        printed = json.loads(subprocess.run([PROGRAM, "run", "--json"], capture_output=True, check=True).stdout)
        metric = names[0].removesuffix(".csv")
        column = next(name for name in rows[0] if name.endswith("p50") and (name == "p50" or name.startswith(metric)))
        self.assertEqual([float(row[column]) for row in rows], printed["metrics"][metric]["p50"])

    def test_table_of_a_chart(self):
        page = self.open("lang=en")
        self.settled(page)
        figure = page.locator("figure").first
        figure.get_by_role("button", name="As table").click()
        expect(figure.locator("tbody tr")).not_to_have_count(0)
        figure.get_by_role("button", name="As chart").click()
        expect(figure.locator("svg")).to_be_visible()

    def test_narrow_screen_does_not_scroll_sideways(self):
        page = self.open(viewport={"width": 390, "height": 800})
        expect(page.locator(".lead .big")).to_contain_text("%")
        self.assertLessEqual(page.evaluate("document.documentElement.scrollWidth"), 390)
        self.keep(page, "narrow")

    def answer(self, *words):
        """What the command line prints as JSON."""
        return json.loads(subprocess.run([PROGRAM, *words, "--json"], capture_output=True, check=True).stdout)

    def test_wafers_flow_and_a_click_stops_a_site(self):
        page = self.open("view=wafers&lang=en&wafers.year=2030")
        figure = page.locator("figure").first
        expect(figure.locator("svg")).to_be_visible()
        self.settled(page)
        printed = self.answer("wafers")
        year = next(one for one in printed["usual"]["years"] if one["year"] == 2030)
        figure.get_by_role("button", name="As table").click()
        expect(figure.locator("tbody tr")).to_have_count(len(year["flows"]))
        figure.get_by_role("button", name="As chart").click()
        figure.locator("g.link").first.click()
        expect(page.locator("figure")).to_have_count(2)
        expect(page.locator("figure").nth(1).locator("svg")).to_have_attribute("aria-label", re.compile("stop from 2030Q1"))
        self.assertIn("wafers.fails=", page.url)
        expect(page.locator("main .findings")).to_have_count(0)
        self.keep(page, "wafers-fails")
        self.assertEqual(self.troubles, [])

    def cheaper(self, page, question, **fields):
        """Adds fields to what the page asks, so that a question that takes a minute takes a second here."""
        def add(route):
            route.continue_(post_data=json.dumps({**json.loads(route.request.post_data), **fields}))
        page.route(f"**/answers/{question}", add)

    def asked(self, page, head):
        """Presses the button of a question that is asked on request, and waits for its answer."""
        card = page.get_by_role("region", name=head)
        card.get_by_role("button", name="Ask the model").click()
        expect(card).to_have_count(0)

    def looked_at(self, page, name):
        """Axe, the width of a telephone and both pictures of a view that is asked on request; its address keeps its state."""
        page.add_script_tag(path=AXE)
        self.assertEqual(self.serious(page), [])
        self.keep(page, f"{name}-answered")
        page.set_viewport_size({"width": 390, "height": 800})
        page.wait_for_timeout(200)  # the charts take the new width
        self.assertLessEqual(page.evaluate("document.documentElement.scrollWidth"), 390)
        self.keep(page, f"{name}-answered-narrow")
        page.get_by_role("button", name="中文").click()
        page.get_by_role("button", name="深色").click()
        expect(page.locator("html")).to_have_attribute("data-theme", "dark")
        self.assertEqual(self.serious(page), [])
        self.keep(page, f"{name}-answered-dark")
        self.assertEqual(self.troubles, [])

    def downloaded(self, page, figure):
        """The rows of a chart's CSV."""
        with page.expect_download() as download:
            figure.get_by_role("button", name="CSV").click()
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / "chart.zip"
            download.value.save_as(file)
            with zipfile.ZipFile(file) as archive:
                return list(csv.DictReader(io.StringIO(archive.read(archive.namelist()[0]).decode())))

    def test_what_would_change_it(self):
        page = self.open("view=change&lang=en", bypass_csp=True, color_scheme="light")
        self.cheaper(page, "flip", samples=200, most=3)
        self.cheaper(page, "worth", samples=1000, most=4)
        self.cheaper(page, "discover", samples=600)
        self.settled(page)
        self.assertEqual(page.locator("figure").count(), 0)  # nothing slow is asked at the start
        self.asked(page, "Where does the decision turn?")
        printed = self.answer("flip", "--samples", "200", "--most", "3")
        tornado, turns = page.locator("figure").nth(0), page.locator("figure").nth(1)
        expect(tornado.locator("svg circle.mark")).to_have_count(3)
        expect(turns.locator("svg path.mark")).to_have_count(sum(one["of_mean"] is not None for one in printed["inputs"]))
        # a bar has two colours just where its input takes the mean across zero within its 5 to 95 %
        crossing = 0
        for one in printed["inputs"]:
            middle = [at["mean_usd"] for at in one["points"] if 0.0499 < at["percentile"] < 0.9501]
            crossing += 1 + (min(middle) < 0 < max(middle))
        expect(tornado.locator("svg rect.bar")).to_have_count(crossing)
        page.get_by_label("Judged by").select_option("p")
        expect(turns.locator("svg path.mark")).to_have_count(sum(one["even"] is not None for one in printed["inputs"]))
        rows = self.downloaded(page, turns)
        for row, one in zip(rows, printed["inputs"]):
            self.assertEqual(row["turns_at"] == "no value turns it", one["even"] is None)
            if one["even"]:
                self.assertEqual([float(row["turns_at"]), float(row["beyond"])], [one["even"]["value"], one["even"]["beyond"]])
        self.assertIn("200 samples", turns.locator("svg").inner_html())
        self.asked(page, "What is it worth to know more first?")
        printed = self.answer("worth", "--samples", "1000", "--most", "4")
        rows = self.downloaded(page, page.locator("figure").nth(2))
        self.assertEqual([float(row["worth_usd"]) for row in rows], [printed["perfect_usd"]] + [one["worth_usd"] for one in printed["inputs"]])
        self.asked(page, "making fails")
        printed = self.answer("discover", "--samples", "600")
        if printed["boxes"]:
            rows = self.downloaded(page, page.locator("figure").nth(3))
            self.assertEqual([row["input"] for row in rows], [one["input"] for box in printed["boxes"] for one in box["restrictions"]])
            self.assertEqual({float(row["density"]) for row in rows}, {box["fresh"]["density"] for box in printed["boxes"]})
        # the answer is kept for the verdict's page, and is not shown for another scenario
        page.locator("nav.views a").first.click()
        expect(page.locator("figure", has_text="strongest inputs")).to_have_count(1)
        page.locator("header select").first.select_option("action-camera")
        expect(page.get_by_role("region", name="Where does the decision turn?")).to_be_visible()
        page.locator("header select").first.select_option("ai5")
        page.locator("nav.views a").nth(1).click()
        expect(page.locator("figure").nth(1)).to_be_visible()
        self.settled(page)
        self.looked_at(page, "change")

    def test_a_slow_question_shows_its_progress_and_is_stopped(self):
        page = self.open("view=drivers&lang=en")
        self.settled(page)
        card = page.get_by_role("region", name="First-order and total indices")
        card.get_by_role("button", name="Ask the model").focus()
        page.keyboard.press("Enter")
        expect(card.locator("progress")).to_be_visible()
        card.get_by_role("button", name="Stop").focus()
        page.keyboard.press("Enter")
        expect(card.get_by_role("button", name="Ask the model")).to_be_visible()
        expect(page.locator("main .findings")).to_have_count(0)
        self.assertEqual(page.locator("figure").count(), 0)

    def test_drivers_alone_and_together(self):
        page = self.open("view=drivers&lang=en", bypass_csp=True, color_scheme="light")
        self.cheaper(page, "sense", samples=200, screening=16, most=4)
        self.settled(page)
        self.asked(page, "First-order and total indices")
        printed = self.answer("sense", "--samples", "200", "--screening", "16", "--most", "4")
        rows = self.downloaded(page, page.locator("figure").nth(0))
        self.assertEqual([(row["driver"], float(row["first"]), float(row["total_high"])) for row in rows],
                         [(one["name"], one["first"]["value"], one["total"]["high"]) for one in printed["drivers"]])
        rows = self.downloaded(page, page.locator("figure").nth(1))
        self.assertEqual([(row["a"], row["b"], float(row["share"])) for row in rows], [(one["a"], one["b"], one["share"]["value"]) for one in printed["pairs"]])
        self.looked_at(page, "drivers")

    def test_evidence_and_what_to_watch(self):
        page = self.open("view=evidence&lang=en", bypass_csp=True, color_scheme="light")
        self.settled(page)
        self.asked(page, "Learn from the dated reports")
        printed = self.answer("update")
        used = [one for one in printed["reports"] if one["is_used"]]
        self.assertGreater(len(used), 0)
        expect(page.locator("figure").first.locator("svg circle")).to_have_count(len(used) + 1)
        expect(page.locator("table.watch tbody tr")).to_have_count(len(printed["watched"]))
        for one in printed["watched"]:
            expect(page.locator("table.watch tbody tr", has_text=one["watch"])).to_contain_text(one["date"])
        rows = self.downloaded(page, page.locator("figure").first)
        self.assertEqual([(row["report"], row["p_make"]) for row in rows if row["p_make"]], [(one["id"], str(one["p_make"])) for one in used])
        for at, one in enumerate(printed["indicators"]):
            rows = self.downloaded(page, page.locator("figure").nth(1 + at))
            self.assertEqual([float(row["p50"]) for row in rows], [step["p50"] for step in one["steps"]])
        valued = [one for one in printed["watched"] if one["worth_usd"] is not None]
        self.assertGreater(len(valued), 0)
        rows = self.downloaded(page, page.locator("figure").nth(1 + len(printed["indicators"])))
        self.assertEqual([(row["watch"], row["turn"]) for row in rows], [(one["watch"], one["turn"]) for one in printed["watched"]])
        self.looked_at(page, "evidence")

    def test_published_chips_stand_between_the_limits_of_a_day(self):
        page = self.open("view=rules&lang=en&rules.date=2025-05-01&rules.chip=h20", bypass_csp=True, color_scheme="light")
        figure = page.locator("figure", has_text="published chips")
        expect(figure.locator("svg g.chip").first).to_be_visible()
        table = self.answer("export", "--date", "2025-05-01")["table"]
        expect(figure.locator("svg g.chip")).to_have_count(sum((one["tpp"] or 0) > 0 for one in table))
        rows = self.downloaded(page, figure)
        self.assertEqual([(row["chip"], row["class"]) for row in rows], [(one["chip"], one["now"]["in_short"]) for one in table])
        one = self.answer("export", "h20", "--date", "2025-05-01")
        card = page.get_by_role("region", name="H20", exact=True)
        expect(card).to_contain_text(one["reason"][:60])
        n_controls = sum(clause["effect"] == "control" and clause["reaches"] and clause["binds"] for clause in one["by_rule"])
        expect(figure.locator("svg rect.region")).to_have_count(n_controls)
        at = [one["chip"] for one in table if (one["tpp"] or 0) > 0].index("b200")  # no other chip stands over it
        figure.locator("svg g.chip").nth(at).click()
        expect(page.get_by_role("region", name="B200")).to_contain_text("3A090.a")
        self.assertIn("rules.chip=b200", page.url)
        page.get_by_label("Day of the export").fill("2022-11-01")
        expect(figure.locator("svg text.title").first).to_contain_text("published chips")
        expect(page.get_by_role("region", name="B200")).to_contain_text("3A090 (2022)")
        page.locator("main label", has_text=re.compile("^Chip")).locator("select").select_option("h800")
        expect(page.get_by_role("region", name="H800 SXM5")).to_contain_text("no licence needed")
        self.settled(page)
        self.looked_at(page, "rules")

    def test_devices_are_called_what_the_scenario_calls_them(self):
        page = self.open("view=volume&lang=en&scenario=action-camera")
        self.settled(page)
        expect(page.locator("figure", has_text="cameras").first).to_be_visible()
        for view in ("verdict", "cost", "volume", "wafers", "compare", "rules"):
            page.locator(f'nav.views a[href="#view={view}"]').click()
            self.settled(page)
            expect(page.locator("main .findings")).to_have_count(0)
            text = page.locator("main").inner_text().lower()
            # comparisons tell what the library says of each metric, rules list the chips of all makers
            for word in ("vehicle", "robot", "tesla", "optimus") if view not in ("compare", "rules") else ():
                self.assertNotIn(word, text.replace("vehicle.cameras", "").replace("deploy.vehicles", ""), view)
            self.keep(page, f"camera-{view}")
        self.assertEqual(self.troubles, [])

    def test_compare_says_what_a_change_does(self):
        change = 'economy.discount_rate=12 %/year'
        page = self.open("view=compare&lang=en&set=" + quote(change))
        expect(page.locator("main h3").first).to_have_text("1 input differs")
        printed = self.answer("compare", "--set", 'economy.discount_rate="12 %/year"')
        self.assertEqual([one["path"] for one in printed["inputs"]], ["economy.discount_rate"])
        expect(page.locator("tbody tr", has_text="npv").first).to_be_visible()
        shown = page.locator("figure svg").first.get_attribute("aria-label")
        value = next(one for one in printed["results"] if one["metric"] == "npv")
        self.assertIn(f"{round(100 * value['p_greater'])}%", shown)
        self.keep(page, "compare-change")

    def drop(self, page, name, content):
        page.locator("label.file input").set_input_files({"name": name, "mimeType": "application/octet-stream", "buffer": content})

    def test_files_open_in_their_view_and_show_where_they_are_wrong(self):
        page = self.open("lang=en")
        self.settled(page)
        root = pathlib.Path(__file__).resolve().parents[2]
        small = (root / "tests/model/data/small.toml").read_text()
        self.drop(page, "mine.toml", small.encode())
        expect(page.locator("main")).to_contain_text("Small test scenario")
        expect(page.locator("header select").first.locator("option:checked")).to_have_text("mine.toml")
        self.drop(page, "mine.toml", small.replace('discount_rate = { is = "8 %/year"', 'discount_rate = { is = "8 apples"').encode())
        alert = page.get_by_role("alert")
        expect(alert).to_contain_text("mine.toml:")
        expect(alert.locator("pre").first).to_contain_text("8 apples")
        expect(alert.locator("pre").first).to_contain_text("^")
        self.drop(page, "net.csv", b"layer,operator,rows,columns,reduction\na,matmul,64,64,64\nb,matmul,64,64,64\n")
        expect(page).to_have_url(re.compile("view=chip"))
        expect(page.locator("figure svg").first).to_be_visible()
        self.assertIn("net", page.locator("main").inner_text())

    def test_report_opens_from_disk_and_asks_nobody(self):
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / "report.html"
            subprocess.run([PROGRAM, "report", "--samples", "500", "--claim-samples", "200", "-o", file], check=True, capture_output=True)
            self.assertLess(file.stat().st_size, 2_000_000)
            context = self.browser.new_context(offline=True)
            self.addCleanup(context.close)
            page = context.new_page()
            asked = []
            page.on("request", lambda request: asked.append(request.url))
            page.goto(file.as_uri())
            expect(page.locator(".lead .big")).to_contain_text("%")
            expect(page.locator("table").first).to_be_visible()
            self.assertEqual([url for url in asked if not url.startswith(("file:", "data:", "blob:"))], [])
            self.keep(page, "report")


if __name__ == "__main__":
    unittest.main()
