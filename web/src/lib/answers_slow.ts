// What the library answers to questions that are asked on request, as far as views name its parts.

export interface FlipTurn {
    value: number;
    low: number;
    high: number;
    percentile: number;
    beyond: number;
    crossings: number;
}
export interface FlipInput {
    name: string;
    unit: string; // "date": decimal years
    group: string;
    knots: number;
    share: number;
    median: number;
    even: FlipTurn | null;
    of_mean: FlipTurn | null;
    swing: { least_usd: number; most_usd: number; least_p: number; most_p: number } | null; // over its middle 90 %
    points: { percentile: number; value: number; p_make: number | null; mean_usd: number | null }[];
}
interface AboutScenario {
    scenario: string;
    variant: string;
    samples: number;
    seed: number;
}
export interface FlipAnswer extends AboutScenario {
    p_make: number | null;
    p_error: number;
    mean_usd: number | null;
    mean_error_usd: number;
    inputs: FlipInput[];
}

export interface YearLater {
    chips: string[];
    mean_usd: number;
    p_make: number;
    change_usd: number;
    error_usd: number;
}
export interface WorthAnswer extends AboutScenario {
    bins: number;
    best: string;
    mean_usd: number;
    perfect_usd: number;
    perfect_error_usd: number;
    choices: { choice: string; mean_usd: number; regret_usd: number; error_usd: number; p95_usd: number; largest_usd: number; p_wrong: number }[];
    inputs: { name: string; largest: string; members: number; share: number; worth_usd: number; error_usd: number; bias_usd: number; low_usd: number; high_usd: number }[];
    later: YearLater | null; // null: every own chip had taped out
}

export interface Restriction {
    input: string;
    unit: string;
    is_below: boolean;
    limit: number;
    percentile: number;
    quasi_p: number | null;
}
interface BoxStep {
    coverage: number;
    density: number;
    mass: number;
}
export interface FoundBox {
    restrictions: Restriction[];
    found: BoxStep;
    fresh: BoxStep;
}
export interface DiscoverAnswer extends AboutScenario {
    looks_for: string;
    base_rate: number | null;
    boxes: FoundBox[];
}

export interface Estimate {
    value: number;
    error: number;
    low: number;
    high: number;
}
export interface SenseAnswer extends AboutScenario {
    metric: string;
    unit: string;
    quarter: string | null;
    evaluations: number;
    alone: Estimate;
    together: Estimate;
    drivers: { name: string; members: number; is_luck: boolean; first: Estimate; total: Estimate; shapley: Estimate }[];
    pairs: { a: string; b: string; share: Estimate }[];
}

interface Belief {
    p_make: number;
    p_error: number;
    mean_usd: number;
}
export interface UpdateAnswer extends AboutScenario {
    since: string;
    before: Belief;
    after: Belief;
    reports: { id: string; date: string; metric: string; value: string; source: string; grade: string; is_used: boolean; why: string; expected: string; log_score: number | null; percentile: number | null; p_make: number | null; mean_usd: number | null; effective: number | null }[];
    effective: number;
    pareto_shape: number | null;
    power: number;
    log_score: number;
    within_band: number | null;
    resampled?: { futures: number; distinct: number; from_power: number; powers: number; rounds: number; accepted: number; pareto_shape: number | null };
    leanings: { grade: string; written: string; source: string; reports: number; before: number; before_sd: number; after: number; after_sd: number }[];
    moved: { input: string; unit: string; before: number; after: number; moved: number }[];
    watched: { watch: string; metric: string; date: string; why: string; expected: string; worth_usd: number | null; error_usd: number | null; bias_usd: number | null; turn: string; p_turn: number | null }[];
    indicators: { watch: string; metric: string; unit: string; steps: { after: string; p5: number; p50: number; p95: number }[] }[];
}

interface Spread {
    mean: number;
    standard_error: number;
    p05: number;
    p50: number;
    p95: number;
}
interface WorldTaken {
    behind: Spread;
    late: Spread;
    lost: Spread;
    quarters: Spread;
    unrecovered: number;
    value_usd: Spread;
}
export interface Hold {
    second_source: boolean;
    fallback: boolean;
    is_scenarios: boolean;
    lost: Spread;
    late: Spread;
    value_usd: Spread;
    change_usd: Spread;
    p_make_before: number;
    p_make: number;
}
export interface StressAnswer extends AboutScenario {
    severity: number;
    events: { name: string; kind: string; place: string; from: string; numbers: { key: string; value: string; source: string; date: string; grade: string; note: string }[] }[];
    make: WorldTaken;
    buy: WorldTaken;
    value: { before_usd: Spread; after_usd: Spread; change_usd: Spread; p_make_before: number; p_make_after: number };
    onshore_before: number;
    onshore_after: number;
    holds: Hold[];
    kept: { chip: string; site: string }[];
    state?: { world: "make" | "buy"; wafers: number; own: number; merchants: number; others: number; idle: number; paid_usd: number; paid_for_own_usd: number; paid_for_merchants_usd: number }[]; // of rated orders
    public_capacity?: { wafers_a_month: Spread; capital_usd: Spread };
    flows: { what: string; source: string; before: number; after: number }[];
    quarters: { quarter: string; make_before: number; make_after: number; buy_before: number; buy_after: number }[];
}

interface CostSpread {
    mean: number;
    error: number;
    p5: number;
    p25: number;
    p50: number;
    p75: number;
    p95: number;
    cvar: number;
}
export interface WaferPlan {
    complete: boolean;
    gap: number;
    rounds: number;
    contracts: { contract: string; given: boolean; signed: boolean; size: number; minimum_musd: number; reserved: number; prepaid_musd: number }[];
    paths: { path: string; site: string; taken: boolean; capital_musd: number; wafers: number }[];
    left_out: string[];
    cost: CostSpread;
    fresh: CostSpread | null;
    parts: Record<string, number>;
    needed: number;
    bought_share: number;
    p_binds: number;
    vss_musd: number | null;
    evpi_musd: number | null;
    reported: { value_musd: number; mean_musd: number; cvar_musd: number; p_better: number } | null;
    frontier: { sourcing: string; weight: number; mean_musd: number; cvar_musd: number; size: number; paths: number; complete: boolean; pareto: boolean }[];
    sites: { site: string; quarter: string; wafers: number; p_binds: number; shadow_price: number; one_more_saves: number | null; one_fewer_costs: number | null }[];
}
export interface PlanAnswer {
    scenario: string;
    variant: string;
    futures: number;
    seed: number;
    from: string;
    until: string;
    risk_weight: number;
    cvar_level: number;
    solver: string;
    plan: WaferPlan | null;
}
