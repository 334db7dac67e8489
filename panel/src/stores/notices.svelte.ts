/** What went wrong, in sentences that stay until they are read; and what was done, which goes by itself. */

const SHOWN_MS = 4000;
const MOST = 20;

export interface Failure {
  id: number;
  command: string;
  sentence: string;
  times: number;
}

class Notices {
  failures = $state<Failure[]>([]);
  said = $state("");
  private count = 0;
  private timer = 0;

  fail(command: string, sentence: string): void {
    const same = this.failures.find((one) => one.command === command && one.sentence === sentence);
    if (same) same.times++;
    else this.failures = [...this.failures, { id: ++this.count, command, sentence, times: 1 }].slice(-MOST);
  }

  read(id: number): void {
    this.failures = this.failures.filter((one) => one.id !== id);
  }

  readAll(): void {
    this.failures = [];
  }

  say(sentence: string): void {
    this.said = sentence;
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => (this.said = ""), SHOWN_MS);
  }
}

export const notices = new Notices();
