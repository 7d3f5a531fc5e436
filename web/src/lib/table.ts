import type { Metric } from "./answers";
import type { Cell } from "./export";

/// A metric as a table: a row a quarter.
export function metric_table(quarters: string[], metrics: Record<string, Metric>): { header: string[]; rows: Cell[][]; figures: number } {
    const names = Object.keys(metrics);
    const figures = ["mean", "p05", "p25", "p50", "p75", "p95"] as const;
    return {
        figures: figures.length, // columns of one metric
        header: ["quarter", ...names.flatMap((name) => figures.map((figure) => (names.length > 1 ? `${name} ${figure}` : figure)))],
        rows: quarters.map((quarter, at) => [quarter, ...names.flatMap((name) => figures.map((figure) => metrics[name][figure][at]))]),
    };
}
