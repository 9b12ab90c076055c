import { z } from 'zod';

/** Where people sign in, as `GET /portal/config.json` tells it. `scope`: what to ask the issuer for. */
export const PortalConfig = z.object({
  issuer: z.string(),
  clientId: z.string(),
  scope: z.string().default('openid email'),
});
export type PortalConfig = z.infer<typeof PortalConfig>;

export async function loadPortalConfig(): Promise<PortalConfig> {
  const response = await fetch(`${import.meta.env.BASE_URL}config.json`, { cache: 'no-store' });
  if (!response.ok) throw new Error(`config.json answered ${response.status}`);
  return PortalConfig.parse(await response.json());
}
