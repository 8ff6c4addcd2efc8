/**
 * Counts round trips of one connection by what waits for what, not by time: a piece of the client's is one flight later
 * than the latest that it had heard an answer to, and a piece of the server's belongs to the latest flight that had reached
 * it. The first pieces of both sides need not wait for anything, and so the server's greeting is of no flight.
 */
export class FlightCounter {
  readonly #onFlight: () => void;
  #heardByClient = 0;
  #heardByServer = 0;

  /** @param onFlight called for each flight that the client has the answer of */
  constructor(onFlight: () => void) {
    this.#onFlight = onFlight;
  }

  /** The client sends; what is returned is to be called on arrival. */
  fromClient(): () => void {
    const flight = this.#heardByClient + 1;
    return () => {
      this.#heardByServer = Math.max(this.#heardByServer, flight);
    };
  }

  fromServer(): () => void {
    const flight = this.#heardByServer;
    return () => {
      for (; this.#heardByClient < flight; this.#heardByClient += 1) this.#onFlight();
    };
  }
}
