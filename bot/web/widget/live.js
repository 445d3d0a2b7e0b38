// Telling screen readers what is new, once. Two slots take turns, and an invisible mark makes a
// sentence that is the same as the last one a new sentence all the same.

const MARK = "\u200b";

export class LiveRegion {
  constructor(slots) {
    this.slots = slots;
    this.turn = 0;
  }

  /** Have `text` read when the reader is idle. */
  say(text) {
    this.slots[this.turn % 2].textContent = "";
    this.turn += 1;
    this.slots[this.turn % 2].textContent = text + MARK.repeat(this.turn % 3);
  }
}
