export async function handler(event) {
  process.stdout.write(`tick ${event.time} ${event['detail-type']}\n`);
}
