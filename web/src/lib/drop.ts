// Files that are dropped on the page: what each is, and the view that opens it.
import { keep, Refused } from "./api";
import { say } from "./say.svelte";
import { study } from "./study.svelte";

type Kind = "scenario" | "network" | "feeder" | "load";
const largest_text = 1_000_000; // characters whose lines are shown beside findings

/// By its ending; a table is one of loads when its header names a time or a load.
export function kind_of(name: string, text: string): Kind | null {
    const ending = name.toLowerCase().split(".").pop() ?? "";
    if (ending === "toml") return "scenario";
    if (ending === "onnx") return "network";
    if (ending === "json") return "feeder";
    if (ending !== "csv" && ending !== "txt") return null;
    const head = text.slice(0, 2_000).split("\n").find((line) => line.trim() && !line.startsWith("#"))?.toLowerCase() ?? "";
    return /\b(minute|timestamp|time|datetime|ambient_c|load|load_a|load_kw|load_kva|load_pu)\b/.test(head) ? "load" : "network";
}

/// The question that a view asks has to exist in this program.
const needs: Partial<Record<Kind, string>> = { feeder: "grid flow", load: "grid age" };

export async function take(file: File) {
    try {
        const is_text = !file.name.toLowerCase().endsWith(".onnx") && file.size <= largest_text;
        const text = is_text ? await file.text() : "";
        const kind = kind_of(file.name, text);
        const asked = kind && needs[kind];
        if (kind === null || (asked && !study.about?.questions.some((one) => one.name === asked))) {
            study.findings = [{ code: "", severity: "error", message: say("drop_unknown", { name: file.name }), hint: say("drop_hint") }];
            return;
        }
        const path = await keep(file);
        if (path in study.dropped) ++study.revision;
        study.dropped = { ...study.dropped, [path]: { name: file.name, text } };
        if (kind === "scenario") study.open(path);
        if (kind === "network") study.go("chip", { "chip.first": path, "chip.second": "", "chip.job": "", "chip.whose": "" });
        if (kind === "feeder") study.go("street", { "street.feeder": path });
        if (kind === "load") study.go("street", { "street.load": path });
    } catch (error) {
        study.findings = error instanceof Refused ? error.findings : [{ code: "", severity: "error", message: String(error) }];
    }
}
