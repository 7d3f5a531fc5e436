// The two languages of the page, and its numbers in them.
import en from "../messages/en.json";
import zh from "../messages/zh.json";

export type Key = keyof typeof en;
const catalogues: Record<string, Record<string, string>> = { en, zh };

export const speech = $state({ language: "en" });

export function say(key: Key, values: Record<string, string | number> = {}): string {
    const text = catalogues[speech.language][key] ?? key;
    return text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ""));
}

/// A word of the library (a constraint, a grade, a state of a claim) in the language of the page; as it is when unknown.
export function word(name: string): string {
    return catalogues[speech.language][`word.${name}`] ?? name.replaceAll("_", " ");
}

/// What a metric is, in the language of the page; what the library says of it when unknown.
export function metric_name(id: string, doc: string | undefined): string {
    return catalogues[speech.language][`metric.${id}`] ?? doc ?? id;
}

function locale(): string {
    return speech.language === "zh" ? "zh-CN" : "en";
}

// To make one takes the time of many uses: a chart under a slider writes some hundred figures a second.
const formats = new Map<string, Intl.NumberFormat>();
function format(options: Intl.NumberFormatOptions): Intl.NumberFormat {
    const key = locale() + JSON.stringify(options);
    let out = formats.get(key);
    if (!out) formats.set(key, (out = new Intl.NumberFormat(locale(), options)));
    return out;
}

/// Three digits, as people read them: 4.71B, 1,030, 0.0123.
export function number(value: number | null | undefined, digits = 3): string {
    if (value === null || value === undefined) return say("none");
    const size = Math.abs(value);
    return format({
        notation: size >= 1e5 ? "compact" : size > 0 && size < 1e-4 ? "scientific" : "standard",
        maximumSignificantDigits: digits,
    }).format(value);
}

/// Whole things, each of them: 16,384 samples are not 16,400.
export function counted(value: number | null | undefined): string {
    return value === null || value === undefined ? say("none") : format({ maximumFractionDigits: 0 }).format(value);
}

export function percent(value: number | null | undefined, digits = 0): string {
    if (value === null || value === undefined) return say("none");
    return format({ style: "percent", maximumFractionDigits: digits }).format(value);
}

export function dollars(value: number | null | undefined): string {
    if (value === null || value === undefined) return say("none");
    return format({
        style: "currency",
        currency: "USD",
        currencyDisplay: speech.language === "zh" ? "symbol" : "narrowSymbol",
        notation: "compact",
        maximumSignificantDigits: 3,
    }).format(value);
}

/// A value with its unit; "date" are decimal years, told by their quarter.
export function quantity(value: number | null | undefined, unit: string, digits = 3): string {
    if (value === null || value === undefined) return say("none");
    if (unit === "date") return `${Math.floor(value)}Q${Math.floor((value - Math.floor(value)) * 4) + 1}`;
    if (unit === "%") return `${number(value, digits)}%`;
    return unit === "" || unit === "1" ? number(value, digits) : `${number(value, digits)} ${unit}`;
}

/// What a scenario calls its devices.
export function devices(names: string[]): string {
    const most = 3;
    return names.length > most ? say("kinds_of_devices", { n: names.length }) : names.map(word).join(say("and"));
}
