// An answer that a view asks for itself, anew whenever its question changes.
import { onDestroy } from "svelte";
import type { Finding } from "./answers";
import { ask, Refused, type Progress } from "./api";
import { study } from "./study.svelte";

let n_asked = 0;

export class Asked<A> {
    private channel = `asked ${++n_asked}`; // two parts of a view may ask the same question
    answer = $state.raw<A | null>(null);
    findings = $state.raw<Finding[]>([]);
    progress = $state.raw<Progress | null>(null);
    is_busy = $state(false);
    private running: AbortController | null = null;

    async ask(name: string, question: object, is_long = false) {
        void study.revision; // an effect that asks does so anew when a file was replaced
        this.running?.abort();
        const own = new AbortController();
        this.running = own;
        this.is_busy = true;
        try {
            const progress = is_long ? (at: Progress) => (this.progress = at) : undefined;
            const answer = await ask<A>(name, question, { channel: this.channel, signal: own.signal, progress });
            if (this.running !== own) return;
            this.answer = answer;
            this.findings = [];
        } catch (error) {
            if (this.running !== own) return;
            if (error instanceof Refused) this.findings = error.findings;
            else if (!(error instanceof DOMException && error.name === "AbortError")) this.findings = [{ code: "", severity: "error", message: String(error) }];
        } finally {
            if (this.running === own) {
                this.is_busy = false;
                this.progress = null;
            }
        }
    }
    stop() {
        this.running?.abort();
    }
    forget() {
        this.stop();
        this.answer = null;
        this.findings = [];
    }
}

/// The same for a component: what it asked is of no use to anybody once it is gone.
export function asking<A>(): Asked<A> {
    const out = new Asked<A>();
    onDestroy(() => out.stop());
    return out;
}
