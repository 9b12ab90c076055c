/** What an operation answers when people read it: a whole HTML page, with the headers that guard it. */
export class PageReply {
  readonly html: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(html: string, headers: Readonly<Record<string, string>>) {
    this.html = html;
    this.headers = headers;
  }
}
