/** A worker that tells time: browsers slow down the timers of a page that is out of sight, but not those of workers. */

const TICK_MS = 25;
let timer = 0;

self.onmessage = ({ data }: MessageEvent<boolean>) => {
  clearInterval(timer);
  if (data) timer = self.setInterval(() => self.postMessage(0), TICK_MS);
};
