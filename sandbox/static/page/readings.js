/** Reading anew what changed, without a queue: a hundred changes at once are two readings. */

/** Calls that come while `read` runs are served by one more run; the promise is kept when all is read. */
export function oneAtATime(read) {
  let isStale = false;
  let running = null;

  async function run() {
    try {
      while (isStale) {
        isStale = false;
        await read();
      }
    } finally {
      running = null;
    }
  }

  return () => {
    isStale = true;
    running ??= run();
    return running;
  };
}
