/** What an operation answers when it hands over a file; `filename` is what the receiver saves it as. */
export class FileReply {
  readonly bytes: Uint8Array;
  readonly filename: string;

  constructor(bytes: Uint8Array, filename: string) {
    this.bytes = bytes;
    this.filename = filename;
  }
}
