/** Live updates: the server says what to read again; a lost line is said aloud and picked up again. */

const FIRST_WAIT = 500;
const LONGEST_WAIT = 5000;

/** `onEvent({kind, chat})` for each event; `onOpen()` whenever the line is up, the first time too, and `onLost()`. */
export function follow({ onEvent, onOpen, onLost }) {
  let wait = FIRST_WAIT;

  function connect() {
    const source = new EventSource("/sandbox/events");
    source.addEventListener("open", () => {
      wait = FIRST_WAIT;
      onOpen();
    });
    source.addEventListener("message", (event) => onEvent(JSON.parse(event.data)));
    source.addEventListener("error", () => {
      // The browser gives up for good on some errors, so each new try is our own.
      source.close();
      onLost();
      setTimeout(connect, wait);
      wait = Math.min(wait * 2, LONGEST_WAIT);
    });
  }

  connect();
}
