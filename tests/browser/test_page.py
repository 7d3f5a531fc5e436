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
import tempfile
import unittest
import xml.etree.ElementTree
import zipfile
from urllib.parse import quote

from playwright.sync_api import expect

from asked_on_request import AskedOnRequest  # noqa: F401 -- its tests run with these
from on_paper import OnPaper  # noqa: F401 -- and these
from served import AXE, PATIENCE, PROGRAM, Served

VIEWS = {"verdict", "change", "drivers", "evidence", "cost", "volume", "wafers", "plan", "stress", "compare", "inputs", "claims", "explain", "map", "die", "chip", "rules", "ask"}  # at least


class Page(Served):
    def views(self, page):
        names = [link.get_attribute("href").removeprefix("#view=") for link in page.locator("nav.views a").all()]
        self.assertLessEqual(VIEWS, set(names))
        return names

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
            self.cheaper(page, "map", samples=50)  # the library's own 143,000 futures take a minute on a busy machine
            self.cheaper(page, "break-even", samples=200)
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
            self.cheaper(page, "map", samples=50)
            self.cheaper(page, "break-even", samples=200)
            expect(page.locator(".lead .big")).to_contain_text("%")
            self.settled(page)
            page.add_script_tag(path=AXE)
            for at, view in enumerate(self.views(page)):
                with self.subTest(view=view, scheme=scheme):
                    page.locator("nav.views a").nth(at).click()
                    self.settled(page)
                    self.assertEqual(self.serious(page), [])

    def test_slider_by_keyboard_undo_and_address(self):
        page = self.open("view=inputs&lang=en&inputs.find=merchant.thor.generation_price")
        self.settled(page)
        page.get_by_role("button", name="Change", exact=True).first.click()
        before = page.locator("main strong").last.inner_text()
        slider = page.get_by_role("slider").first
        slider.focus()
        slider.press("ArrowRight")
        slider.press("End")
        expect(page.locator(".status")).to_contain_text("1 changed input")
        expect(page.locator("main strong").last).not_to_have_text(before)
        self.assertIn("set=merchant.thor.generation_price", page.url)
        again = self.open(page.url.split("#")[1])
        expect(again.locator(".status")).to_contain_text("merchant.thor.generation_price =")
        for _ in range(4):
            page.keyboard.press("Control+z")
        self.assertNotIn("set=", page.url)

    def test_changes_are_saved_as_a_variant_of_a_scenario_file(self):
        page = self.open("view=inputs&lang=en&set=" + quote("economy.discount_rate=12 %/year") + "&set=" + quote("chip.ai6.design_cost=2 BUSD"))
        self.settled(page)
        with page.expect_download() as download:
            page.get_by_role("button", name="Save as variant").click()
        root = pathlib.Path(__file__).resolve().parents[2]
        with tempfile.TemporaryDirectory() as folder:
            block, file = pathlib.Path(folder) / "variant.toml", pathlib.Path(folder) / "mine.toml"
            download.value.save_as(block)
            file.write_text((root / "scenarios/ai5.toml").read_text() + block.read_text())
            checked = subprocess.run([PROGRAM, "check", file], capture_output=True, text=True)
            self.assertEqual(checked.returncode, 0, checked.stderr)
            run = ["run", "--samples", "200"]
            self.assertEqual(self.answer(*run, str(file), "--variant", "mine")["verdict"],
                             self.answer(*run, "--set", 'economy.discount_rate="12 %/year"', "--set", 'chip.ai6.design_cost="2 BUSD"')["verdict"])

    def test_a_die_is_dragged_to_its_size(self):
        page = self.open("view=die&lang=en")
        figure = page.locator("figure.chart").first
        expect(figure.locator("svg text.title").first).to_contain_text("26 × 16.5 mm")
        handle, field = page.locator(".reticle .handle").bounding_box(), page.locator(".reticle rect.field").bounding_box()
        mm = field["width"] / 26
        page.mouse.move(handle["x"] + handle["width"] / 2, handle["y"] + handle["height"] / 2)
        page.mouse.down()
        page.mouse.move(field["x"] + 20 * mm, field["y"] + 12 * mm)
        self.assertNotIn("die.width", page.url)  # the address is written when it rests
        page.mouse.move(field["x"] + 10 * mm, field["y"] + 8 * mm)
        page.mouse.up()
        expect(page).to_have_url(re.compile(r"die\.width=(9\.9|10|10\.1)&die\.height=(7\.9|8|8\.1)(&|$)"))
        size = re.search(r"die\.width=([\d.]+)&die\.height=([\d.]+)", page.url)
        printed = self.answer("die", f"{size[1]}x{size[2]}", "--d0", "0.2", "--wafer-price", "20000")
        expect(figure.locator("svg text.title").first).to_contain_text(f"of {printed['gross_dies']['optimised']} dies")
        page.keyboard.press("Tab")
        self.assertEqual(self.troubles, [])

    def test_a_street_has_its_hottest_day(self):
        page = self.open("view=street&lang=en")
        printed = self.answer("grid", "host", "us-pole-25")["day"]
        figure = page.locator("figure", has_text="hottest day")
        rows = self.downloaded(page, figure)
        for key in ("homes_pu", "load_pu", "ambient_c", "top_oil_c", "hot_spot_c"):
            self.assertEqual([float(row[key]) for row in rows], printed[key])
        expect(figure).to_contain_text(f"{round(100 * printed['highest_load_pu'])}%")

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

    def test_a_figure_leads_to_where_it_comes_from(self):
        page = self.open("lang=en")
        self.settled(page)
        page.locator(".lead button").click()
        expect(page).to_have_url(re.compile(r"view=explain.*explain\.metric=npv(&|$)"))
        expect(page.locator(".tree li").first).to_be_visible()
        page.locator('nav.views a[href="#view=cost"]').click()
        figure = page.locator("figure").first
        plot = figure.locator("svg rect.pick").bounding_box()
        page.mouse.click(plot["x"] + plot["width"] - 1, plot["y"] + plot["height"] / 2)
        expect(page).to_have_url(re.compile(r"explain\.metric=compute\..*explain\.at=2035Q4"))
        page.locator('nav.views a[href="#view=cost"]').click()
        figure.get_by_role("button", name="As table").click()
        quarter = figure.locator("tbody tr").nth(3).locator("td").first.inner_text()
        figure.locator("tbody tr").nth(3).locator("button").last.focus()
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile(rf"explain\.metric=compute\.merchant_price.*explain\.at={quarter}"))
        expect(page.locator("main h3").first).to_contain_text(f"({quarter})")
        self.assertEqual(self.troubles, [])

    def test_a_busy_server_is_asked_again(self):
        page = self.open("view=verdict&lang=en")
        self.settled(page)
        asked = []
        def refuse_once(route):
            asked.append(route.request.post_data)
            if len(asked) > 1:
                return route.continue_()
            return route.fulfill(status=503, headers={"Retry-After": "0"}, json=[{"code": "E0624", "severity": "error", "message": "busy"}])
        page.route("**/answers/die", refuse_once)
        page.locator('nav.views a[href="#view=die"]').click()
        expect(page.locator("main")).to_contain_text("132")
        self.assertEqual(len(asked), 2)
        expect(page.locator("main .findings")).to_have_count(0)

    def test_a_view_that_is_left_stops_its_question(self):
        page = self.open("view=verdict&lang=en")
        self.settled(page)
        with page.expect_request("**/answers/map"):
            page.locator('nav.views a[href="#view=map"]').click()
        with page.expect_event("requestfailed", lambda request: request.url.endswith("/answers/map"), timeout=PATIENCE):
            page.locator('nav.views a[href="#view=die"]').click()
        expect(page.locator("main .findings")).to_have_count(0)

    def test_narrow_screen_does_not_scroll_sideways(self):
        page = self.open(viewport={"width": 390, "height": 800})
        expect(page.locator(".lead .big")).to_contain_text("%")
        self.assertLessEqual(page.evaluate("document.documentElement.scrollWidth"), 390)
        self.keep(page, "narrow")
        again = self.open("view=stress&lang=en", viewport={"width": 390, "height": 800})
        expect(again.locator("nav.views a[aria-current]")).to_be_in_viewport()

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

    def test_back_ends_that_keep_dies_waiting_are_shown_where_there_are_any(self):
        page = self.open("view=volume&lang=en&variant=packaging-queue")
        figure = page.locator("figure", has_text="has room for")
        expect(figure).to_contain_text("tsmc cowos")
        self.settled(page)
        expect(figure).to_contain_text("16,384 samples")
        names = ["--variant", "packaging-queue", "--quick", "--effects", "none"]
        printed = self.answer("run", *names, "--metrics", "back_end.*", "--metrics", "foundry.dies_waiting")["metrics"]
        self.assertEqual([float(row["p50"]) for row in self.downloaded(page, figure)], printed["back_end.met.tsmc_cowos"]["p50"])
        expect(page.locator("figure", has_text="has no room for")).to_be_visible()
        without = self.open("view=volume&lang=en")
        self.settled(without)
        expect(without.locator("figure").first).to_be_visible()
        self.assertEqual(without.locator("figure", has_text="has room for").count(), 0)

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

    def test_networks_feeders_and_loads_open_in_their_views(self):
        page = self.open("lang=en")
        self.settled(page)
        root = pathlib.Path(__file__).resolve().parents[2]
        self.drop(page, "convolutions.onnx", (root / "fuzz/corpus/onnx/convolutions.onnx").read_bytes())
        expect(page).to_have_url(re.compile("view=chip"))
        expect(page.locator("figure", has_text="of the arrays' peak").first).to_be_visible()
        self.drop(page, "village.json", (root / "catalogue/grid/feeders/kerber_dorfnetz.json").read_bytes())
        expect(page).to_have_url(re.compile("view=street"))
        expect(page.locator("main img, main svg").first).to_be_visible()
        drawn = page.locator("figure", has_text="In village.json the fullest branch")
        printed = self.answer("grid", "flow", root / "catalogue/grid/feeders/kerber_dorfnetz.json")
        fullest = max(printed["branches"], key=lambda one: one["loading"] or 0)
        expect(drawn).to_contain_text(f"{fullest['component']} {fullest['id']}")
        rows = self.downloaded(page, drawn)
        self.assertEqual([(row["id"], row["loading"]) for row in rows], [(str(one["id"]), str(one["loading"])) for one in printed["branches"]])
        drawn.get_by_role("button", name="As table").click()
        expect(drawn.locator("tbody tr")).to_have_count(len(rows))
        self.drop(page, "day.csv", b"minute,load_kva,ambient_c\n0,100,20\n60,300,20\n120,390,25\n180,350,25\n")
        figure = page.locator("figure", has_text="The hot spot reaches")
        expect(figure).to_contain_text("day.csv")
        with tempfile.NamedTemporaryFile("w", suffix=".csv") as load:
            load.write("minute,load_kva,ambient_c\n0,100,20\n60,300,20\n120,390,25\n180,350,25\n")
            load.flush()
            printed = self.answer("grid", "age", "--load", load.name)
        self.assertEqual([float(row["hot_spot_c"]) for row in self.downloaded(page, figure)], printed["series"]["hot_spot_c"])
        self.settled(page)
        expect(page.locator("main .findings")).to_have_count(0)
        self.drop(page, "day.csv", b"minute,load_kva,ambient_c\n0,100,20\n60,many,20\n")
        expect(page.get_by_role("alert")).to_contain_text("day.csv:3:")
        self.drop(page, "holiday.jpg", b"no file of ours")
        expect(page.get_by_role("alert").first).to_contain_text("holiday.jpg opens in no view")

    def test_pictures_of_a_chart_are_downloaded(self):
        page = self.open("lang=en", viewport={"width": 1200, "height": 860}, color_scheme="light")
        figure = page.locator("figure").first
        expect(figure).to_contain_text("16,384 samples")
        title = figure.locator("svg").get_attribute("aria-label").split(".")[0]
        with tempfile.TemporaryDirectory() as folder:
            kept = {}
            for kind in ("SVG", "PNG"):
                with page.expect_download() as download:
                    figure.get_by_role("button", name=kind, exact=True).click()
                file = pathlib.Path(folder) / f"chart.{kind}"
                download.value.save_as(file)
                kept[kind] = file.read_bytes()
        drawing = xml.etree.ElementTree.fromstring(kept["SVG"])
        self.assertEqual(len(drawing.findall(".//{http://www.w3.org/2000/svg}circle")), 50)
        text = "".join(drawing.itertext())
        for words in (title[:20], "seed 1", "16,384 samples", "autarky"):
            self.assertIn(words, text)
        self.assertNotIn(b"var(--", kept["SVG"])  # a picture has colours of its own
        self.assertEqual(kept["PNG"][:8], b"\x89PNG\r\n\x1a\n")
        self.assertGreater(int.from_bytes(kept["PNG"][16:20], "big"), 400)

    def test_report_refuses_an_unknown_event_by_its_own_option(self):
        made = subprocess.run([PROGRAM, "report", "--stress", "nonsense", "-o", os.devnull], capture_output=True, text=True)
        self.assertEqual(made.returncode, 2)
        self.assertIn("--stress: 'nonsense'", made.stderr)
        self.assertIn("strait_blockade", made.stderr)

    def test_report_opens_from_disk_and_asks_nobody(self):
        page, _ = self.reported("--brief", "--samples", "500", "--claim-samples", "200")
        expect(page.locator(".lead .big")).to_contain_text("%")
        expect(page.locator("table").first).to_be_visible()
        self.assertEqual([url for url in self.requests if not url.startswith(("file:", "data:", "blob:"))], [])
        self.assertEqual(self.troubles, [])
        self.keep(page, "report")

    def test_report_tells_what_would_change_it_and_what_an_event_takes(self):
        small = pathlib.Path(__file__).resolve().parents[2] / "tests/model/data/uncertain.toml"
        page, file = self.reported(small, "--samples", "300", "--claim-samples", "100", "--stress", "memory_shortage", "--chinese")
        expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
        parts = ["verdict", "change", "evidence", "cost", "volume", "wafers", "stress", "claims", "inputs", "explain", "method"]
        self.assertEqual([one.get_attribute("id").removeprefix("view=") for one in page.locator("section.part").all()], parts)
        expect(page.locator("[id='view=verdict'] figure svg rect.bar").first).to_be_visible()  # the tornado
        expect(page.locator("[id='view=change'] figure").first).to_be_visible()
        expect(page.locator("[id='view=stress'] figure").first).to_be_visible()
        self.assertEqual(page.locator(".findings").count(), 0)
        self.assertEqual(self.troubles, [])
        page.get_by_role("button", name="English").click()
        expect(page.locator("main")).to_contain_text("Is it worth more to make the own chip, or to buy it?")
        plain = self.browser.new_context(java_script_enabled=False, offline=True)
        self.addCleanup(plain.close)
        text = plain.new_page()
        text.goto(file.as_uri())
        for words in ("samples, seed 1", "What an event takes", "Where making fails"):
            self.assertIn(words, text.inner_text("body"))


if __name__ == "__main__":
    unittest.main()
