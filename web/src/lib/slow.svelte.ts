// Questions that take long: asked when the reader wants it, kept while views change, and shown only for what they were asked about.
import type { DiscoverAnswer, FlipAnswer, PlanAnswer, SenseAnswer, StressAnswer, UpdateAnswer, WorthAnswer } from "./answers_slow";
import { report } from "./api";
import { Asked } from "./asked.svelte";
import { study } from "./study.svelte";

const asked_as = (question: object) => `${study.revision} ${JSON.stringify(question)}`; // files may have been replaced since

export class Slow<A> {
    asked = new Asked<A>();
    private about = $state("");

    constructor(readonly name: string) {}

    get is_carried() {
        return report !== null && this.name in report.answers;
    }
    send(question: object) {
        this.about = asked_as(question);
        this.asked.answer = null;
        void this.asked.ask(this.name, question, true);
    }
    /// The answer to this very question; null when it was not asked, or is not there yet.
    of(question: object): A | null {
        return this.is_about(question) ? this.asked.answer : null;
    }
    is_about(question: object): boolean {
        return report !== null || this.about === asked_as(question);
    }
}

export const slow = {
    flip: new Slow<FlipAnswer>("flip"),
    worth: new Slow<WorthAnswer>("worth"),
    discover: new Slow<DiscoverAnswer>("discover"),
    sense: new Slow<SenseAnswer>("sense"),
    update: new Slow<UpdateAnswer>("update"),
    plan: new Slow<PlanAnswer>("plan"),
    stress: new Slow<StressAnswer>("stress"),
};
