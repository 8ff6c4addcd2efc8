import { ByteBuffer } from './byte-buffer.ts';

const NEWLINE = Buffer.from('\n');
/** A line that is longer is continued on a further one, so that no output, however made, fills the memory. */
const LONGEST_UNFINISHED = 64 * 1024;

/** Cuts a stream into whole lines and puts a prefix before each. */
export class PrefixedLines {
  readonly #prefix: Buffer;
  readonly #convert: (line: Uint8Array) => Uint8Array;
  readonly #unfinished = new ByteBuffer();

  /** `convert` makes of a line, without its newline, what is shown of it. */
  constructor(prefix: string, convert: (line: Uint8Array) => Uint8Array = (line) => line) {
    this.#prefix = Buffer.from(prefix);
    this.#convert = convert;
  }

  /** The lines that these bytes complete. */
  add(bytes: Uint8Array): Uint8Array {
    const lines = new ByteBuffer();
    let from = 0;
    for (let end = bytes.indexOf(NEWLINE[0]!); end !== -1; end = bytes.indexOf(NEWLINE[0]!, from)) {
      this.#addLine(lines, bytes.subarray(from, end));
      from = end + 1;
    }
    this.#unfinished.append(bytes.subarray(from));
    if (this.#unfinished.length > LONGEST_UNFINISHED) this.#addContinued(lines);
    return lines.view();
  }

  /** What is left of a line without an end. */
  end(): Uint8Array {
    const lines = new ByteBuffer();
    if (this.#unfinished.length > 0) this.#addLine(lines, new Uint8Array());
    return lines.view();
  }

  #addLine(lines: ByteBuffer, end: Uint8Array): void {
    lines.append(this.#prefix);
    if (this.#unfinished.length === 0) {
      lines.append(this.#convert(end));
    } else {
      this.#unfinished.append(end);
      lines.append(this.#convert(this.#unfinished.take()));
    }
    lines.append(NEWLINE);
  }

  #addContinued(lines: ByteBuffer): void {
    let line = this.#unfinished.take();
    while (line.length > LONGEST_UNFINISHED) {
      const end = startOfCharacter(line, LONGEST_UNFINISHED);
      this.#addLine(lines, line.subarray(0, end));
      line = line.subarray(end);
    }
    this.#unfinished.append(line);
  }
}

/** The nearest place at or before `end` where no character of UTF-8 is torn apart. */
function startOfCharacter(bytes: Uint8Array, end: number): number {
  for (let place = end; place > end - 4; place -= 1) if ((bytes[place]! & 0xc0) !== 0x80) return place;
  return end; // it is not UTF-8
}
