/** Events are kept for thirty days; a consumer that is down for longer has to read everything anew. */
export const keptSeconds = 30 * 24 * 3600;
