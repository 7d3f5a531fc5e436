// One colour for each constraint in all pictures, so that a reader learns it once.
const of_cause: Record<string, string> = {
    demand: "var(--c0)",
    market_access: "var(--c3)",
    export: "var(--c3)",
    grid: "var(--c7)",
    parts: "var(--c8)",
    programme: "var(--c6)",
    own_wafers: "var(--c4)",
    wafers: "var(--c4)",
    merchant_chips: "var(--c2)",
};
export function cause_color(name: string, at: number): string {
    return of_cause[name] ?? `var(--c${at % 9})`;
}
const of_grade: Record<string, string> = {
    filing: "var(--c1)", paper: "var(--c5)", dataset: "var(--c6)", press: "var(--c7)", rumour: "var(--c2)", assumption: "var(--c4)", default: "var(--c8)",
};
export function grade_color(name: string): string {
    return of_grade[name] ?? "var(--c0)";
}
