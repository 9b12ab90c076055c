import { createHmac } from 'node:crypto';
import type { Answer } from '../../src/domain/delivery.ts';

type Message = { headers: Readonly<Record<string, string>>; body: string };
type Received = { id: string; body: string; signed: boolean };

/** The deployer's own endpoint, which is told of events: it keeps what it is sent, and is down when it is told to be. */
export class Consumer {
  readonly url = 'https://consumer.example/events';
  /** What came while it was up. */
  readonly received: Received[] = [];
  /** The signing secret, as it was shown when the endpoint was made. */
  secret = '';
  down = false;

  readonly post = async (_url: string, { headers, body }: Message): Promise<Answer> => {
    if (this.down) return { milliseconds: 1, status: 503 };
    this.received.push({ id: headers['webhook-id'] ?? '', body, signed: this.#isSigned(headers, body) });
    return { milliseconds: 1, status: 204 };
  };

  /** As https://www.standardwebhooks.com has it. */
  #isSigned(headers: Message['headers'], body: string): boolean {
    const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
    const key = Buffer.from(this.secret.replace('whsec_', ''), 'base64');
    const wanted = `v1,${createHmac('sha256', key).update(signed).digest('base64')}`;
    return (headers['webhook-signature'] ?? '').split(' ').includes(wanted);
  }
}
