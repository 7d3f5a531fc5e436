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
    scenario: { name: string; title: string; variant: string | null; vehicles: string[]; robots: string[]; set: string[]; sha256: string };
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
        npv_dots_make: number;
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
    p_least: number;
    p_most: number;
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
    events?: Record<string, string[]>; // that a stress may name, by scenario
    language?: string; // that a report begins in; empty: the reader's
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

export interface WaferYear {
    year: number;
    wafers: number;
    vehicles: number;
    robots: number;
    places: { stage: string; name: string; wafers: number }[];
    flows: { from_stage: string; from: string; to_stage: string; to: string; wafers: number }[];
}
export interface WaferFlows {
    samples: number;
    p_make: number;
    npv_usd: number;
    years: WaferYear[];
}
export interface WafersAnswer {
    scenario: string;
    seed: number;
    sites: { site: string; process: string; location: string }[];
    place: string;
    from: string;
    lasts: number;
    usual: WaferFlows;
    failing: WaferFlows | null;
}

interface Spread {
    mean: number;
    standard_error: number;
    p05: number;
    p50: number;
    p95: number;
}
export interface ComparedResult {
    metric: string;
    unit: string;
    doc: string;
    quarter: string | null;
    futures: number;
    first: Spread;
    second: Spread;
    difference: Spread;
    p_greater: number;
    p_equal: number;
}
export interface CompareAnswer {
    first: string;
    second: string;
    samples: number;
    seed: number;
    p_make_first: number;
    p_make_second: number;
    inputs: { path: string; first: string | null; second: string | null }[];
    results: ComparedResult[];
}

type ChipState = "useful_mm2" | "duty_idle_mm2" | "over_provisioned_mm2" | "never_used_mm2";
export interface ChipLedger {
    blocks: ({ block: string; role: string; reason: string; area_mm2: number } & Record<ChipState, number>)[];
    total: Record<ChipState, number> & { area_mm2: number; never_used_share: number; idle_share: number };
    never_used_share_band?: { p5: number; p50: number; p95: number };
}
export interface ChipAnswer {
    chips?: string[];
    chip?: string;
    title?: string;
    workloads?: {
        name: string;
        latency_ms: number;
        deadline_ms: number | null;
        meets_deadline: boolean | null;
        whole_chips: number | null;
        utilisation: number;
        layers: { name: string; operator: string; seconds: number; utilisation: number; bound: string }[];
    }[];
    ledger?: ChipLedger;
    customers?: {
        each: { name: string; load: number; never_used_mm2: number; generality_tax_mm2: number; generality_tax_usd?: number | null; ledger: ChipLedger }[];
    };
    cost?: { process: string; die_usd: number; dark_usd?: number };
}

export interface GridList {
    streets: { name: string; region: string; rating_kva: number; homes: number; source: string; grade: string }[];
    feeders: string[];
}
export interface FlowAnswer {
    nodes: { id: number; u_pu: number | null }[];
    branches: { id: number; component: string; from_node: number; to_node: number; loading: number | null; p_from: number | null; i_from: number | null; p_loss: number | null }[];
}
export interface HostAnswer {
    homes?: number;
    rating_kva?: number;
    present_peak_kva?: number;
    placements: number;
    most_devices: number;
    day?: { devices: number; day_of_year: number; highest_load_pu: number; highest_hot_spot_c: number } & Record<"homes_pu" | "load_pu" | "ambient_c" | "top_oil_c" | "hot_spot_c", number[]>; // of a street
    limits: { rating_pu: number; hot_spot_c?: number };
    criteria: { criterion: string; judged: boolean; p05: number | null; p25: number | null; median: number | null; p75: number | null; p95: number | null; placements_never_limited: number }[];
}
export interface AgeAnswer {
    unit: string;
    model: string;
    elapsed_hours: number;
    max_hot_spot_c: number;
    loss_of_life_days: number;
    limits: { category: string; hot_spot_c: number }[];
    series: Record<"minute", number[]> & Record<"load_pu" | "ambient_c" | "top_oil_c" | "hot_spot_c", (number | null)[]>;
}

export interface ExportFound {
    date: string;
    classification: string;
    paragraph: string | null;
    needs_licence: string;
    in_short: string;
    reason: string;
}
export interface ExportClause {
    rule: string;
    title: string;
    citation: string;
    effective: string;
    paragraph: string;
    effect: string;
    holds: string;
    reaches: boolean;
    binds: boolean;
    tests: { quantity: string; relation: string; figure: number | null; limit: number | null; unit: string; holds: string }[];
}
export interface ExportTable {
    date: string;
    destination: string;
    n_licence: number;
    table: { chip: string; title: string; tpp: number | null; pd: number | null; data_centre: string; now: ExportFound }[];
}
export interface ExportChip {
    date: string;
    destination: string;
    classification: string;
    by_rule: ExportClause[];
    readings: { chip: string; title: string; tpp: number | null; pd: number | null; found: ExportFound; next: ExportFound | null; least_area: number | null; most_tpp: number | null; confidence: string }[];
}

export interface DieAnswer {
    area_mm2: number;
    gross_dies: { optimised: number };
    field: { dies: number; utilisation: number; shots: number; columns: number; rows: number };
    yield?: Record<string, unknown> & { negative_binomial?: number };
    good_dies: number | null;
    cost?: { die: number | null; wafer: number | null } | null;
}
