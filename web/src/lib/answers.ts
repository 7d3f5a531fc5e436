// What the library answers, as far as views name its parts. The whole: `autarky schema --answer NAME`.

export interface Finding {
    file?: string;
    line?: number;
    column?: number;
    length?: number;
    code: string;
    severity: "error" | "warning";
    message: string;
    hint?: string;
    field?: string;
}

export interface Value {
    mean: number;
    standard_error: number;
    p05: number;
    p25: number;
    p50: number;
    p75: number;
    p95: number;
}

type Row = (number | null)[];
export interface Metric {
    unit: string;
    doc: string;
    mean: Row;
    p05: Row;
    p25: Row;
    p50: Row;
    p75: Row;
    p95: Row;
    none?: Row;
}

export interface Driver {
    input: string;
    share: number;
    standard_error: number;
    gradient: number;
    unit: string;
    rise: string;
    rise_usd: number | null;
    rise_error_usd?: number | null;
    members?: string[];
}

export interface Run {
    scenario: { name: string; title: string; variant: string | null; set: string[]; sha256: string };
    engine: { version: string; seed: number; samples: number; threads: number | null };
    quarters: string[];
    metrics: Record<string, Metric>;
    verdict: {
        p_make: { low: number; high: number };
        p_make_error?: number;
        npv_usd: Value;
        npv_with_tail_usd: Value;
        npv_at_medians_usd: number | null;
        npv_dots_usd?: number[];
        sentence: string;
        binding: Record<string, number[]> | null;
    };
    drivers: Driver[];
    unexplained: number | null;
    coverage: Record<"numbers" | "uncertain" | "variance", Record<string, number>>;
    failed: { count: number };
    result_sha256: string;
}

export interface InputRow {
    path: string;
    value: string;
    unit: string;
    uncertain: boolean;
    default: boolean;
    computed: boolean;
    grade: string | null;
    source: string | null;
    at: string | null;
    as_of: string | null;
    note: string | null;
    file: string;
    line: number;
}
export interface Sources {
    inputs: InputRow[];
}

export interface Claim {
    id: string;
    claim: string;
    stated: string;
    unit: string;
    metric: string;
    at: string | null;
    recomputed: { p05: number; p50: number; p95: number } | null;
    share: number | null;
    verdict: string;
    why: string;
}

export interface Reason {
    kind: "formula" | "value" | "input" | string;
    role?: string;
    value: string;
    elasticity?: number | null;
    formula?: { id: string; label: string; expression: string; source: string };
    input?: {
        path: string;
        doc: string;
        written: string;
        unit: string;
        is_default: boolean;
        note?: string | null;
        source?: { id: string; title: string; date: string; grade: string; url: string | null } | null;
    };
    parts?: Reason[];
    hidden?: number;
    same_as?: number;
    number?: number;
}
export interface Explanation {
    metric: string;
    doc: string;
    unit: string;
    quarter: string | null;
    samples?: { count: number; mean: number; p05: number; p50: number; p95: number } | null;
    levers: { input: string; elasticity: number | null }[];
    tree: Reason;
}

export interface Axis {
    path: string;
    unit: string;
    is_factor: boolean;
    is_log: boolean;
    at: number[];
    scenario: number | null;
    essay: number | null;
}
export interface MapAnswer {
    samples: number;
    x: Axis;
    y: Axis;
    p_make: number[][];
    largest_error: number;
    even: { from: { x: number; y: number }; to: { x: number; y: number } }[];
}

export interface QuestionField {
    key: string;
    unit: string;
    doc: string;
    kind: "text" | "boolean" | "integer" | "natural" | "number" | "stated" | "choice";
    fallback: string;
    low: number | null;
    high: number | null;
    choices: string[];
    required: boolean;
    list: boolean;
    needs: string[];
}
export interface Question {
    name: string;
    summary: string;
    picture: boolean;
    fields: QuestionField[];
}
export interface Welcome {
    version: string;
    scenario: string;
    scenarios: string[];
    variants?: Record<string, string[]>;
    questions: Question[];
}

export interface BreakEven {
    samples: number;
    none_share: number;
    always_share: number;
    several_share: number;
    p05: number | null;
    p50: number | null;
    p95: number | null;
    of_mean: number | null;
    points: { multiplier: number; mean_usd: number; p_make: number }[];
}
