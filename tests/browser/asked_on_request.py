# autarky: tests of what the page asks on request, and of the published chips; test_page.py runs them
# SPDX-License-Identifier: Apache-2.0
import re

from playwright.sync_api import expect

from served import AXE, Served


class AskedOnRequest(Served):
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

    def test_what_would_change_it(self):
        page = self.open("view=change&lang=en", bypass_csp=True, color_scheme="light")
        self.cheaper(page, "flip", samples=200, most=3)
        self.cheaper(page, "worth", samples=1000, most=4)
        self.cheaper(page, "discover", samples=600)
        self.settled(page)
        self.assertEqual(page.locator("figure").count(), 0)  # nothing slow is asked at the start
        expect(page.get_by_role("region", name="What is it worth to know more first?")).to_contain_text("16,384 futures")  # the library's own
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
        expect(page.locator("main")).to_contain_text(f"If {' and '.join(printed['later']['chips'])} taped out a year later")
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
        moved = printed.get("resampled")
        # before the reports, after each of them, and where the futures were moved because of all
        expect(page.locator("figure").first.locator("svg circle")).to_have_count(len(used) + 1 + bool(moved))
        if moved:
            expect(page.locator("figure").first).to_contain_text(f"{moved['futures']:,}")
        leanings = page.locator("figure", has_text="Reported less true yield")
        rows = self.downloaded(page, leanings)
        self.assertEqual([(row["grade"], float(row["after"]), int(row["reports"])) for row in rows], [(one["grade"], one["after"], one["reports"]) for one in printed["leanings"]])
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

    def test_an_event_takes_from_both_worlds(self):
        page = self.open("view=stress&lang=en&stress.event=strait_blockade&stress.at=2028Q1", bypass_csp=True, color_scheme="light")
        self.cheaper(page, "stress", samples=64)
        self.settled(page)
        self.assertEqual(page.locator("figure").count(), 0)
        self.asked(page, "Strike both worlds with it")
        printed = self.answer("stress", "--event", "strait_blockade", "--at", "2028Q1", "--samples", "64")
        rows = self.downloaded(page, page.locator("figure").first)
        for key in ("make_before", "make_after", "buy_before", "buy_after"):
            self.assertEqual([float(row[key]) for row in rows], [one[key] for one in printed["quarters"]])
        rows = self.downloaded(page, page.locator("figure").nth(1))
        self.assertEqual(float(rows[2]["mean"]), printed["value"]["change_usd"]["mean"])
        expect(page.locator("main")).to_contain_text("Making loses")
        for number in printed["events"][0]["numbers"]:
            expect(page.locator("main")).to_contain_text(number["value"])
        self.looked_at(page, "stress")

    def test_what_the_state_takes_is_told_by_whose_wafers_it_is(self):
        page = self.open("view=stress&lang=en&stress.event=rated_orders&stress.at=2029Q1&variant=rated-orders")
        self.cheaper(page, "stress", samples=64)
        self.settled(page)
        self.asked(page, "Strike both worlds with it")
        printed = self.answer("stress", "--variant", "rated-orders", "--event", "rated_orders", "--at", "2029Q1", "--samples", "64")
        card = page.locator(".card", has_text="What the state takes by rated orders")
        heads = card.locator("thead th").all_inner_texts()
        self.assertEqual(heads, ["World", "wafers", "of them the buyer's", "of merchants' chips for the buyer", "others'", "that nobody would have started",
                                 "paid", "of it for the buyer's wafers", "of it for the merchants'"])
        for row, one in zip(card.locator("tbody tr").all(), printed["state"], strict=True):
            shown = row.locator("td").all_inner_texts()
            for key, text in zip(("wafers", "own", "merchants", "others", "idle"), shown):
                short = float(text.replace(",", "").replace("K", "e3").replace("M", "e6"))
                self.assertLessEqual(abs(short - one[key]), 0.005 * abs(one[key]), (key, text))  # three digits are shown

    def test_a_site_that_fails_leads_to_what_that_takes(self):
        page = self.open("view=wafers&lang=en&wafers.year=2029&wafers.fails=TW")
        self.settled(page)
        page.get_by_role("button", name="What would that take").click()
        expect(page).to_have_url(re.compile("view=stress.*stress.site=tsmc_taiwan"))
        expect(page.get_by_role("button", name="Ask the model")).to_be_visible()

    def test_a_plan_before_the_future_is_known(self):
        page = self.open("view=plan&lang=en&scenario=scarce", bypass_csp=True, color_scheme="light")
        self.cheaper(page, "plan", futures=6)
        self.settled(page)
        self.asked(page, "Plan for all futures at once")
        printed = self.answer("plan", "scarce", "--futures", "6")["plan"]
        for one in printed["contracts"]:
            expect(page.locator("main")).to_contain_text(f"Sign {one['contract']}" if one["signed"] else one["contract"])
        frontier = page.locator("figure", has_text="not beaten both ways")
        rows = self.downloaded(page, frontier)
        self.assertEqual([(row["sourcing"], float(row["mean_musd"]), row["pareto"]) for row in rows], [(one["sourcing"], one["mean_musd"], str(one["pareto"]).lower()) for one in printed["frontier"]])
        expect(frontier.locator("svg circle.full")).to_have_count(sum(one["pareto"] for one in printed["frontier"]))
        rows = self.downloaded(page, page.locator("figure", has_text="knowing the future first").last)
        self.assertEqual([float(row["musd"]) for row in rows][:2], [printed["vss_musd"], printed["evpi_musd"]])
        self.looked_at(page, "plan")

    def test_a_refused_chip_has_no_class(self):
        page = self.open("view=rules&lang=en&rules.chip=h20")
        expect(page.get_by_role("region", name="H20", exact=True)).to_be_visible()
        def refuse(route):
            if "b200" not in route.request.post_data:
                return route.continue_()
            return route.fulfill(status=422, json=[{"code": "E0001", "severity": "error", "message": "not this one"}])
        page.route("**/answers/export", refuse)
        chip = page.locator("main label", has_text=re.compile("^Chip")).locator("select")
        chip.select_option("b200")
        expect(page.locator("main .findings")).to_contain_text("not this one")
        expect(page.locator("section.card[aria-live]")).to_have_count(0)
        expect(page.locator("svg rect.region")).to_have_count(0)
        chip.select_option("h20")
        expect(page.get_by_role("region", name="H20", exact=True)).to_be_visible()
        expect(page.locator("main .findings")).to_have_count(0)

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
