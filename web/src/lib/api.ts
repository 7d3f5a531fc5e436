// Asking the library: the local server, or the answers that a report carries with it.
import type { Finding, Welcome } from "./answers";

export class Refused extends Error {
    constructor(public findings: Finding[]) {
        super(findings.map((one) => one.message).join("; ") || "refused");
    }
}

export interface Progress {
    done: number;
    of: number;
}

interface Report {
    welcome: Welcome;
    answers: Record<string, unknown>;
}

const carried = document.getElementById("autarky-data")?.textContent;
export const report: Report | null = carried ? (JSON.parse(carried) as Report) : null;

// The token arrives in the fragment, is kept for reloads of this tab, and leaves the address that people copy.
function take_token(): string {
    const fragment = new URLSearchParams(location.hash.slice(1));
    const given = fragment.get("token");
    if (given === null) return sessionStorage.getItem("autarky-token") ?? "";
    sessionStorage.setItem("autarky-token", given);
    fragment.delete("token");
    history.replaceState(null, "", "#" + fragment.toString());
    return given;
}
const token = report ? "" : take_token();
const page = Math.random().toString(36).slice(2);

async function findings_of(reply: Response): Promise<Finding[]> {
    const text = await reply.text();
    try {
        return JSON.parse(text) as Finding[];
    } catch {
        return [{ code: String(reply.status), severity: "error", message: text || reply.statusText }];
    }
}

function headers(more: Record<string, string> = {}): Record<string, string> {
    return { Authorization: `Bearer ${token}`, "X-Autarky-Page": page, ...more };
}

export async function welcome(): Promise<Welcome> {
    if (report) return report.welcome;
    const reply = await fetch("/questions", { headers: headers() });
    if (!reply.ok) throw new Refused(await findings_of(reply));
    return (await reply.json()) as Welcome;
}

// Events of a stream: "progress" with {done, of}, then "answer" or "findings".
async function read_events(reply: Response, progress?: (at: Progress) => void): Promise<unknown> {
    const reader = reply.body!.pipeThrough(new TextDecoderStream()).getReader();
    let kept = "";
    for (;;) {
        const { done, value } = await reader.read();
        if (done) throw new Refused([{ code: "", severity: "error", message: "the server stopped before it answered" }]);
        kept += value;
        const events = kept.split("\n\n");
        kept = events.pop()!;
        for (const event of events) {
            const lines = event.split("\n");
            const kind = lines[0].slice("event: ".length);
            const data = lines.slice(1).map((line) => line.slice("data: ".length)).join("\n");
            if (kind === "progress") progress?.(JSON.parse(data) as Progress);
            if (kind === "answer") return JSON.parse(data);
            if (kind === "findings") throw new Refused(JSON.parse(data) as Finding[]);
        }
    }
}

export interface How {
    channel?: string; // a newer question on the same channel of this page stops the older
    signal?: AbortSignal;
    progress?: (at: Progress) => void;
}

/// A server with too much to do says so, and is asked again while anybody still waits for the answer.
async function post(address: string, request: RequestInit): Promise<Response> {
    const busy = 503, tries = 20;
    for (let one = 1; ; ++one) {
        const reply = await fetch(address, { method: "POST", ...request });
        if (reply.status !== busy || one === tries) return reply;
        await reply.body?.cancel();
        await new Promise((resume) => setTimeout(resume, 1000 * Number(reply.headers.get("Retry-After") ?? 1)));
        request.signal?.throwIfAborted();
    }
}

export async function ask<A>(name: string, question: object, how: How = {}): Promise<A> {
    if (report) {
        const answer = report.answers[name];
        if (answer === undefined) throw new Refused([{ code: "", severity: "error", message: "not in this report" }]);
        return answer as A;
    }
    const reply = await post(`/answers/${name.replace(" ", "/")}`, {
        headers: headers({
            "Content-Type": "application/json",
            "X-Autarky-Channel": how.channel ?? name,
            ...(how.progress ? { Accept: "text/event-stream" } : {}),
        }),
        body: JSON.stringify(question),
        signal: how.signal,
    });
    if (!reply.ok) throw new Refused(await findings_of(reply));
    return (how.progress ? await read_events(reply, how.progress) : await reply.json()) as A;
}

/// Keeps a dropped file at the server; returns the path by which questions name it.
export async function keep(file: File): Promise<string> {
    const reply = await fetch(`/files/${encodeURIComponent(file.name)}`, { method: "POST", headers: headers({ "Content-Type": "application/octet-stream" }), body: file });
    if (!reply.ok) throw new Refused(await findings_of(reply));
    return ((await reply.json()) as { path: string }).path;
}

/// SVG that the library draws of an answer.
export async function picture(name: string, question: object, signal?: AbortSignal): Promise<string> {
    if (report) return "";
    const reply = await post(`/pictures/${name.replace(" ", "/")}`, {
        headers: headers({ "Content-Type": "application/json", "X-Autarky-Channel": `picture ${name}` }),
        body: JSON.stringify(question),
        signal,
    });
    if (!reply.ok) throw new Refused(await findings_of(reply));
    return reply.text();
}
