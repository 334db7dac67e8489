/** Beats over time: at a moment of `performance.now()` the bar was at a beat, and went on at a tempo. */

const BAR = 4; // beats, after which the pattern repeats

export class Timeline {
  constructor(
    readonly moment: number,
    readonly beat: number,
    readonly tempo: number,
  ) {}

  beatAt(moment: number): number {
    return this.beat + ((moment - this.moment) / 60_000) * this.tempo;
  }

  momentOf(beat: number): number {
    return this.moment + ((beat - this.beat) * 60_000) / this.tempo;
  }

  /** From a moment on at another tempo. */
  turned(moment: number, tempo: number): Timeline {
    return new Timeline(moment, this.beatAt(moment), tempo);
  }

  /** Keeping to others, whose bar is at `phase` at a moment, in the bar that is nearest to where this one is. */
  kept(moment: number, phase: number, tempo: number): Timeline {
    const bars = Math.round((this.beatAt(moment) - phase) / BAR);
    return new Timeline(moment, phase + bars * BAR, tempo);
  }
}
