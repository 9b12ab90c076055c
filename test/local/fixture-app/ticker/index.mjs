export async function handler(event) {
  console.log(`tick ${event.time} ${event['detail-type']}`);
}
