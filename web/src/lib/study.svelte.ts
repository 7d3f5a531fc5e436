// What is looked at: scenario, variants and changed inputs, kept in the address; and the run that answers it.
import type { Finding, Run, Sources, Welcome } from "./answers";
import { ask, report, Refused, welcome, type Progress } from "./api";
import { counted, speech } from "./say.svelte";

/// A figure of the run: its metric, and the quarter; "" for the last.
export interface Place {
    metric: string;
    at: string;
}

export type Changes = Record<string, string>;

// Samples, in the order in which a picture gets sharper. Each run begins with the futures of the one before; powers of two fill
// the space most evenly.
const glance = 512; // under a slider that moves, and before anything else at the start
const quick = 2_048; // where the slider pauses
const full = 16_384; // where it is released
const pause_ms = 120; // a slider that has not moved for so long has stopped
const lean = { quick: true, effects: "none" }; // the verdict alone: no metrics of quarters, no drivers
const light = ["verdict", "inputs"]; // views that can show it

class Study {
    view = $state("verdict");
    scenario = $state("ai5");
    variant = $state<string[]>([]);
    changes = $state<Changes>({});
    details = $state<Record<string, string>>({}); // of the view: metric, quarter, a die's size
    theme = $state("");
    dropped = $state<Record<string, { name: string; text: string }>>({}); // files of the reader, by the path that the server gave

    revision = $state(0); // rises when a file of the reader is replaced: the same question then has another answer

    about = $state.raw<Welcome | null>(null);
    run = $state.raw<Run | null>(null);
    moving = $state.raw<Run | null>(null); // the verdict alone: at the start, and while a slider moves
    before = $state.raw<Run | null>(null); // the file as it stands, to see what the changes do
    sources = $state.raw<Sources | null>(null);
    findings = $state.raw<Finding[]>([]);
    progress = $state.raw<Progress | null>(null);
    is_busy = $state(false); // shown; a question of a slider that moves is not: it is answered before anybody reads so

    private past: Changes[] = [];
    private settled: Changes = {}; // what stood before a slider began to move
    private running: AbortController | null = null;
    private wanted: number | null = null; // samples to ask for once the glance at work is answered: a newer value came
    private is_moving = false; // a glance is at work
    private turn = 0;
    can_undo = $state(false);

    get choice() {
        const set = Object.entries(this.changes).map(([path, value]) => `${path}="${value}"`);
        return { scenario: this.scenario, variant: $state.snapshot(this.variant), set };
    }
    /// What the library takes where a question says nothing: a number, as people read it.
    fallback(question: string, key: string): string {
        const field = this.about?.questions.find((one) => one.name === question)?.fields.find((one) => one.key === key);
        return counted(field ? Number(field.fallback) : null);
    }
    /// What the views show: the run, or before there is one the verdict alone where that is enough.
    get shown() {
        return this.run ?? (light.includes(this.view) ? this.moving : null);
    }
    get n_changed() {
        return Object.keys(this.changes).length;
    }

    async start() {
        this.read_address();
        addEventListener("hashchange", () => {
            if (this.read_address()) this.rerun();
        });
        try {
            const about = await welcome();
            this.about = about;
            if (!new URLSearchParams(location.hash.slice(1)).get("scenario")) this.scenario = about.scenario;
        } catch (error) {
            this.fail(error);
            return;
        }
        await this.rerun();
    }

    /// Asks everything anew. First a quick picture, then the samples of the command line.
    async rerun() {
        this.before = null;
        const file = { scenario: this.scenario, variant: $state.snapshot(this.variant) };
        if (this.run === null && !report) await this.ask_run(glance, true);
        const first = this.settle();
        ask<Sources>("sources", file).then((all) => (this.sources = all), () => {});
        await first;
        if (this.n_changed > 0 && !report)
            ask<Run>("run", { ...file, samples: quick, ...lean }, { channel: "before" }).then((run) => (this.before = run), () => {});
    }

    /// The quick picture, then the full one, unless something newer was asked meanwhile.
    private async settle() {
        const turn = ++this.turn;
        await this.ask_run(quick);
        if (turn === this.turn && this.findings.length === 0 && !report) await this.ask_run(full);
    }

    /// While a slider moves: one question at a time, the newest value next.
    change(path: string, value: string | null, is_final: boolean) {
        const next = { ...this.changes };
        if (value === null) delete next[path];
        else next[path] = value;
        if (is_final) this.remember();
        this.changes = next;
        if (is_final) {
            this.settled = next;
            this.write_address();
            void this.settle();
            return;
        }
        ++this.turn;
        if (this.is_moving) this.wanted = glance;
        else void this.ask_run(glance, true);
    }

    private remember() {
        this.past.push(this.settled);
        this.can_undo = true;
    }
    undo() {
        const last = this.past.pop();
        this.can_undo = this.past.length > 0;
        if (last === undefined) return;
        this.changes = last;
        this.settled = last;
        this.write_address();
        void this.settle();
    }
    reset() {
        this.remember();
        this.changes = this.settled = {};
        this.write_address();
        void this.settle();
    }

    cancel() {
        this.wanted = null;
        this.running?.abort();
    }

    /// `is_lean`: the verdict alone, for a first look and a slider that moves. Effects of drivers are measured with the last samples only.
    private async ask_run(samples: number, is_lean = false) {
        this.running?.abort();
        const own = new AbortController();
        this.running = own;
        this.is_moving = samples === glance;
        this.is_busy = !is_lean || this.run === null;
        try {
            const progress = samples > quick ? (at: Progress) => (this.progress = at) : undefined;
            const effort = is_lean ? lean : samples > quick ? {} : { effects: "slopes" };
            const run = await ask<Run>("run", { ...this.choice, samples, ...effort }, { signal: own.signal, progress });
            if (this.running !== own) return;
            this.moving = is_lean ? run : null;
            if (!is_lean) this.run = run;
            this.findings = [];
            if (this.n_changed === 0 && !is_lean) this.before = run;
        } catch (error) {
            if (this.running === own) this.fail(error);
        } finally {
            if (this.running === own) {
                this.running = null;
                this.is_busy = this.is_moving = false;
                this.progress = null;
                const next = this.wanted;
                this.wanted = null;
                if (next !== null) void this.ask_run(next, true);
                else if (samples === glance && this.run !== null && this.findings.length === 0) this.sharpen();
            }
        }
    }

    /// The picture of a slider that has stopped, unless it moves on or is released meanwhile.
    private sharpen() {
        const turn = this.turn;
        setTimeout(() => {
            if (turn === this.turn && this.running === null) void this.ask_run(quick, true);
        }, pause_ms);
    }

    private fail(error: unknown) {
        if (error instanceof Refused) this.findings = error.findings;
        else if (!(error instanceof DOMException && error.name === "AbortError"))
            this.findings = [{ code: "", severity: "error", message: String(error) }];
    }

    /// The address holds all that a reader can set; true when the question of the run changed.
    private read_address(): boolean {
        const own = new URLSearchParams(location.hash.slice(1));
        const asked = JSON.stringify(this.choice);
        this.view = own.get("view") ?? "verdict";
        this.scenario = own.get("scenario") ?? this.about?.scenario ?? "ai5";
        this.variant = own.getAll("variant");
        const changes: Changes = {};
        for (const one of own.getAll("set")) {
            const at = one.indexOf("=");
            if (at > 0) changes[one.slice(0, at)] = one.slice(at + 1);
        }
        this.changes = this.settled = changes;
        this.theme = own.get("theme") ?? "";
        speech.language = own.get("lang") ?? (report?.welcome.language || (navigator.language.startsWith("zh") ? "zh" : "en"));
        const details: Record<string, string> = {};
        for (const [key, value] of own) if (key.includes(".")) details[key] = value;
        this.details = details;
        return JSON.stringify(this.choice) !== asked;
    }

    write_address() {
        const own = new URLSearchParams();
        own.set("view", this.view);
        if (this.scenario !== "ai5") own.set("scenario", this.scenario);
        for (const one of this.variant) own.append("variant", one);
        for (const [path, value] of Object.entries(this.changes)) own.append("set", `${path}=${value}`);
        own.set("lang", speech.language);
        if (this.theme) own.set("theme", this.theme);
        for (const [key, value] of Object.entries(this.details)) if (value) own.set(key, value);
        history.pushState(null, "", "#" + own.toString());
    }

    open(scenario: string) {
        this.scenario = scenario;
        this.variant = [];
        this.changes = this.settled = {};
        this.write_address();
        void this.rerun();
    }
    /// The name of a scenario or a file as its reader knows it.
    name_of(path: string): string {
        return this.dropped[path]?.name ?? path;
    }

    detail(key: string, value: string) {
        this.details = { ...this.details, [key]: value };
        this.write_address();
    }
    explain(place: Place) {
        this.go("explain", { "explain.metric": place.metric, "explain.at": place.at });
    }
    go(view: string, details: Record<string, string> = {}) {
        this.view = view;
        this.details = { ...this.details, ...details };
        this.write_address();
        scrollTo({ top: 0 });
    }
}

export const study = new Study();

/// What a chart carries in its frame: where its figures come from.
export function frame_line(run: Run): string {
    const { scenario, engine } = run;
    const variant = scenario.variant ? ` + ${scenario.variant}` : "";
    const sets = scenario.set.length > 0 ? ` · ${scenario.set.join(", ")}` : "";
    return `${scenario.name}${variant}${sets} · seed ${engine.seed} · ${engine.samples.toLocaleString("en")} samples · autarky ${engine.version} · ${run.result_sha256.slice(0, 12)}`;
}

/// The same for an answer to the present choice that is not the run: it has samples and a seed of its own.
export function answer_line(answer: { scenario: string; variant: string; samples: number; seed: number }): string {
    const variant = answer.variant ? ` + ${answer.variant}` : "";
    const sets = study.choice.set.length > 0 ? ` · ${study.choice.set.join(", ")}` : "";
    return `${answer.scenario}${variant}${sets} · seed ${answer.seed} · ${answer.samples.toLocaleString("en")} samples · autarky ${study.about?.version ?? ""}`;
}
